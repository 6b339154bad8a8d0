// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A program turned into a table for ASCII text: a step a byte, where the matcher takes one for each way through.
struct PatternAutomaton: Sendable {
    /// Where the row of the next state begins for each of 128 bytes, state after state; or what is decided by then.
    private var table: [UInt16] = []
    /// Whether the text matches where it ends in a state.
    private var matchesAtEnd: [Bool] = []

    /// In place of a row: it matches, whatever follows.
    private static let match = UInt16.max
    /// In place of a row: it does not, whatever follows.
    private static let mismatch = UInt16.max - 1

    /// The most states: a table of 64 KB.
    private static let stateLimit = 256
    private static let alphabet = 128

    /// Makes the table; `nil` where it would be too large, or where the expression looks at words.
    init?(_ program: [PatternInstruction]) {
        for case .check(.wordEdge) in program { return nil }
        for case .check(.notWordEdge) in program { return nil }
        let closure = PatternClosure(program)
        // The first state is that before all text, to which nothing leads back.
        var states = [closure.reach([0], isStart: true)]
        var rows: [[Int]: UInt16] = [:]
        func row(_ state: [Int]) -> UInt16 {
            if closure.matches(state) { return Self.match }
            if state.isEmpty { return Self.mismatch }
            if let row = rows[state] { return row }
            let row = UInt16(states.count * Self.alphabet)
            rows[state] = row
            states.append(state)
            return row
        }
        var index = 0
        while index < states.count {
            let state = states[index]
            let isMatch = closure.matches(state)
            self.matchesAtEnd.append(isMatch || closure.matchesAtEnd(state, isStart: index == 0))
            for byte in 0..<Self.alphabet {
                let scalar = Unicode.Scalar(UInt8(byte))
                let taken = state.filter {
                    if case .take(let some) = program[$0] { some.contains(scalar) } else { false }
                }
                // A match may begin behind every byte.
                let next = closure.reach(taken.map { $0 + 1 } + [0], isStart: false)
                self.table.append(isMatch ? Self.match : row(next))
                guard states.count <= Self.stateLimit else { return nil }
            }
            index += 1
        }
    }

    /// Whether some part of a text matches; `nil` where that is not decided before a character beyond ASCII.
    func finds(in text: Span<UInt8>) -> Bool? {
        let table = self.table.span
        var row = 0
        for index in text.indices {
            guard text[index] < Self.alphabet else { return nil }
            let next = table[row &+ Int(text[index])]
            if next >= Self.mismatch { return next == Self.match }
            row = Int(next)
        }
        return self.matchesAtEnd[row / Self.alphabet]
    }
}

/// The instructions that can be reached without taking a character.
private struct PatternClosure {
    private let program: [PatternInstruction]

    init(_ program: [PatternInstruction]) {
        self.program = program
    }

    /// Those that take a character, ask for the end, or match; sorted, so that equal sets are equal.
    func reach(_ first: [Int], isStart: Bool, isEnd: Bool = false) -> [Int] {
        var open = first
        var reached: Set<Int> = []
        while let index = open.popLast() {
            guard reached.insert(index).inserted else { continue }
            switch self.program[index] {
            case .take, .match: break
            case .check(let anchor):
                if (anchor == .start && isStart) || (anchor == .end && isEnd) { open.append(index + 1) }
            case .split(let left, let right): open += [left, right]
            case .jump(let target): open.append(target)
            }
        }
        return reached.filter { index in
            switch self.program[index] {
            case .take, .match, .check(.end): true
            default: false
            }
        }.sorted()
    }

    /// Whether a state matches, whatever follows.
    func matches(_ state: [Int]) -> Bool {
        state.contains { if case .match = self.program[$0] { true } else { false } }
    }

    /// Whether a state matches where nothing follows.
    func matchesAtEnd(_ state: [Int], isStart: Bool) -> Bool {
        self.matches(self.reach(state, isStart: isStart, isEnd: true))
    }
}
