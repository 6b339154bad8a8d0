// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One step of a compiled expression.
enum PatternInstruction: Sendable {
    /// Takes a character, and goes on with the next instruction.
    case take(PatternClass)
    /// Goes on with the next instruction where the place is such a one.
    case check(PatternAnchor)
    /// Goes on at two places.
    case split(Int, Int)
    case jump(Int)
    case match
}

/// Makes instructions of a tree (Ken Thompson, "Regular Expression Search Algorithm", 1968).
enum PatternCompiler {
    /// The most instructions; each can cost a step for each character of a text.
    private static let sizeLimit = 10_000

    static func program(of node: PatternNode) throws(PatternError) -> [PatternInstruction] {
        var program: [PatternInstruction] = []
        try self.add(node, to: &program)
        program.append(.match)
        return program
    }

    private static func add(_ node: PatternNode, to program: inout [PatternInstruction]) throws(PatternError) {
        guard program.count < self.sizeLimit else {
            throw PatternError(reason: "the expression is too large once its repetitions are written out", offset: 0)
        }
        switch node {
        case .empty: break
        case .one(let characters): program.append(.take(characters))
        case .anchor(let anchor): program.append(.check(anchor))
        case .sequence(let nodes): for node in nodes { try self.add(node, to: &program) }
        case .either(let branches): try self.add(branches[...], to: &program)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try self.add(node, to: &program) }
            guard let most else { return try self.addLoop(node, to: &program) }
            for _ in least..<most { try self.addChoice(node, to: &program) }
        }
    }

    private static func add(
        _ branches: ArraySlice<PatternNode>,
        to program: inout [PatternInstruction]
    ) throws(PatternError) {
        guard let first = branches.first else { return }
        if branches.count == 1 { return try self.add(first, to: &program) }
        let split = program.count
        program.append(.jump(0))
        try self.add(first, to: &program)
        let jump = program.count
        program.append(.jump(0))
        program[split] = .split(split + 1, program.count)
        try self.add(branches.dropFirst(), to: &program)
        program[jump] = .jump(program.count)
    }

    private static func addLoop(_ node: PatternNode, to program: inout [PatternInstruction]) throws(PatternError) {
        let split = program.count
        program.append(.jump(0))
        try self.add(node, to: &program)
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
    }

    private static func addChoice(_ node: PatternNode, to program: inout [PatternInstruction]) throws(PatternError) {
        let split = program.count
        program.append(.jump(0))
        try self.add(node, to: &program)
        program[split] = .split(split + 1, program.count)
    }
}

/// Runs all ways through a program at once, a character at a time.
struct PatternMatcher {
    private let program: [PatternInstruction]
    /// The instructions that wait for the next character.
    private var waiting: [Int] = []
    /// The step in which an instruction was reached last, so that none is taken twice in one.
    private var reached: [Int]
    private var step = 0
    private var hasMatched = false

    init(_ program: [PatternInstruction]) {
        self.program = program
        self.reached = [Int](repeating: -1, count: program.count)
    }

    mutating func finds(in text: String) -> Bool {
        var previous: Unicode.Scalar?
        var rest = text.unicodeScalars.makeIterator()
        var next = rest.next()
        while true {
            // A match may begin at every place.
            self.follow(0, previous, next)
            if self.hasMatched { return true }
            guard let scalar = next else { return false }
            next = rest.next()
            self.take(scalar, before: next)
            if self.hasMatched { return true }
            previous = scalar
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar, before next: Unicode.Scalar?) {
        let waiting = self.waiting
        self.waiting.removeAll(keepingCapacity: true)
        self.step += 1
        for index in waiting {
            if case .take(let characters) = self.program[index], characters.contains(scalar) {
                self.follow(index + 1, scalar, next)
            }
        }
    }

    /// Goes on without taking a character, to all instructions that can be reached.
    private mutating func follow(_ first: Int, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) {
        var open = [first]
        while let index = open.popLast() {
            guard self.reached[index] != self.step else { continue }
            self.reached[index] = self.step
            switch self.program[index] {
            case .take: self.waiting.append(index)
            case .check(let anchor): if anchor.holds(between: previous, and: next) { open.append(index + 1) }
            case .split(let left, let right): open += [right, left]
            case .jump(let target): open.append(target)
            case .match: self.hasMatched = true
            }
        }
    }
}

extension PatternAnchor {
    fileprivate func holds(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) -> Bool {
        switch self {
        case .start: previous == nil
        case .end: next == nil
        case .wordEdge: Self.isWord(previous) != Self.isWord(next)
        case .notWordEdge: Self.isWord(previous) == Self.isWord(next)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map(PatternClass.word.contains) ?? false
    }
}
