// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A program turned into a table for ASCII text: a step a byte, where the matcher takes one for each way through.
struct PatternAutomaton: Sendable {
    /// The next state for each of 128 bytes, state after state.
    private var table: [UInt16] = []
    private var ends: [End] = []

    /// What it means that a text reaches a state.
    private enum End: Sendable {
        /// It matches, whatever follows.
        case match
        /// It matches where it ends here.
        case matchAtEnd
        case none
    }

    /// The most states: a table of 64 KB.
    private static let stateLimit = 256
    private static let alphabet = 128

    /// Makes the table; `nil` where it would be too large, or where the expression looks at words.
    init?(_ program: [PatternInstruction]) {
        for case .check(.wordEdge) in program { return nil }
        for case .check(.notWordEdge) in program { return nil }
        var states: [[Int]] = []
        var numbers: [[Int]: Int] = [:]
        func number(_ state: [Int]) -> Int {
            if let number = numbers[state] { return number }
            numbers[state] = states.count
            states.append(state)
            return states.count - 1
        }
        let closure = PatternClosure(program)
        _ = number(closure.reach([0], isStart: true))
        var index = 0
        while index < states.count {
            guard states.count <= Self.stateLimit else { return nil }
            let state = states[index]
            let (isMatch, isMatchAtEnd) = closure.ends(state, isStart: index == 0)
            self.ends.append(isMatch ? .match : isMatchAtEnd ? .matchAtEnd : .none)
            for byte in 0..<Self.alphabet {
                let scalar = Unicode.Scalar(UInt8(byte))
                let taken = state.filter {
                    if case .take(let some) = program[$0] { some.contains(scalar) } else { false }
                }
                // A match may begin behind every byte.
                self.table.append(UInt16(number(closure.reach(taken.map { $0 + 1 } + [0], isStart: false))))
            }
            index += 1
        }
    }

    /// Whether some part of a text matches; `nil` where the text is not ASCII.
    func finds(in text: String) -> Bool? {
        var state = 0
        for byte in text.utf8 {
            if case .match = self.ends[state] { return true }
            guard byte < Self.alphabet else { return nil }
            state = Int(self.table[state * Self.alphabet + Int(byte)])
        }
        if case .none = self.ends[state] { return false }
        return true
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

    /// Whether a state matches whatever follows, and whether it does where nothing follows.
    func ends(_ state: [Int], isStart: Bool) -> (Bool, Bool) {
        let isMatch = { (index: Int) in if case .match = self.program[index] { true } else { false } }
        return (
            state.contains(where: isMatch), self.reach(state, isStart: isStart, isEnd: true).contains(where: isMatch)
        )
    }
}
