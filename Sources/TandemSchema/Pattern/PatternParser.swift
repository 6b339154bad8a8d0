// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An expression as a tree.
indirect enum PatternNode {
    case empty
    case one(PatternClass)
    case anchor(PatternAnchor)
    case sequence([PatternNode])
    case either([PatternNode])
    /// From `least` to `most` times; for ever where there is no `most`.
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Reads an expression, from left to right.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    /// How deep groups may stand in each other.
    private static let depthLimit = 100
    /// How often a part may be repeated by numbers.
    private static let countLimit = 1000

    init(_ expression: String) {
        self.scalars = Array(expression.unicodeScalars)
    }

    mutating func parse() throws(PatternError) -> PatternNode {
        let node = try self.either()
        guard self.peek == nil else { throw self.error("a parenthesis closes nothing") }
        return node
    }

    private var peek: Unicode.Scalar? { self.index < self.scalars.count ? self.scalars[self.index] : nil }

    private func error(_ reason: String) -> PatternError { PatternError(reason: reason, offset: self.index) }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard self.peek == scalar else { return false }
        self.index += 1
        return true
    }

    private mutating func next() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = self.peek else { throw self.error("the expression ends too early") }
        self.index += 1
        return scalar
    }

    private mutating func either() throws(PatternError) -> PatternNode {
        self.depth += 1
        defer { self.depth -= 1 }
        guard self.depth <= Self.depthLimit else { throw self.error("groups are nested too deep") }
        var branches = [try self.sequence()]
        while self.take("|") { branches.append(try self.sequence()) }
        return branches.count == 1 ? branches[0] : .either(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = self.peek, scalar != "|", scalar != ")" {
            nodes.append(try self.quantified(try self.atom()))
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let scalar = try self.next()
        switch scalar {
        case "(":
            if self.take("?") {
                guard self.take(":") else { throw self.error("look-around and named groups are not supported") }
            }
            let node = try self.either()
            guard self.take(")") else { throw self.error("a parenthesis is not closed") }
            return node
        case "[": return .one(try self.characterClass())
        case ".": return .one(.notLineEnd)
        case "^": return .anchor(.start)
        case "$": return .anchor(.end)
        case "\\":
            if self.take("b") { return .anchor(.wordEdge) }
            if self.take("B") { return .anchor(.notWordEdge) }
            return .one(try self.escape())
        case "*", "+", "?", "{": throw self.error("\(scalar) repeats nothing")
        default: return .one(.single(scalar))
        }
    }

    private mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
        let least: Int
        let most: Int?
        switch self.peek {
        case "*": (least, most) = (0, nil)
        case "+": (least, most) = (1, nil)
        case "?": (least, most) = (0, 1)
        case "{":
            guard let counts = try self.counts() else { return node }
            (least, most) = counts
            self.index -= 1
        default: return node
        }
        self.index += 1
        _ = self.take("?")
        if let peek, peek == "*" || peek == "+" { throw self.error("\(peek) repeats what is repeated already") }
        return .repeated(node, least: least, most: most)
    }

    /// `{n}`, `{n,}` or `{n,m}`; `nil` where the brace is a character like any other, which the atom then takes.
    private mutating func counts() throws(PatternError) -> (Int, Int?)? {
        let opening = self.index
        self.index += 1
        guard let least = self.number() else {
            self.index = opening
            throw self.error("a brace must be written \\{ where it is a character")
        }
        var most: Int? = least
        if self.take(",") { most = self.number() }
        guard self.take("}") else { throw self.error("a brace is not closed") }
        guard max(least, most ?? 0) <= Self.countLimit, most.map({ $0 >= least }) ?? true else {
            throw self.error("a part can be repeated \(Self.countLimit) times at most, and not fewer than the least")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var number: Int?
        while let digit = self.peek.flatMap({ Int(String($0)) }), (number ?? 0) <= Self.countLimit {
            number = (number ?? 0) * 10 + digit
            self.index += 1
        }
        return number
    }

    /// What follows a backslash and stands for characters.
    private mutating func escape() throws(PatternError) -> PatternClass {
        let scalar = try self.next()
        switch scalar {
        case "d": return .digit
        case "D": return PatternClass.digit.negated
        case "w": return .word
        case "W": return PatternClass.word.negated
        case "s": return .space
        case "S": return PatternClass.space.negated
        case "n": return .single("\n")
        case "r": return .single("\r")
        case "t": return .single("\t")
        case "f": return .single("\u{0C}")
        case "v": return .single("\u{0B}")
        case "0": return .single("\0")
        case "x": return .single(try self.hex(2))
        case "u": return .single(try self.hex(4))
        case "1"..."9": throw self.error("back-references are not supported")
        case let scalar where scalar.properties.isAlphabetic: throw self.error("there is no escape \\\(scalar)")
        default: return .single(scalar)
        }
    }

    private mutating func hex(_ width: Int) throws(PatternError) -> Unicode.Scalar {
        var value: UInt32 = 0
        for _ in 0..<width {
            guard let digit = UInt32(String(try self.next()), radix: 16) else {
                throw self.error("this is no hex digit")
            }
            value = value << 4 | digit
        }
        guard let scalar = Unicode.Scalar(value) else { throw self.error("there is no such character") }
        return scalar
    }

    /// What stands in brackets, up to the closing one.
    private mutating func characterClass() throws(PatternError) -> PatternClass {
        var result = PatternClass()
        result.isNegated = self.take("^")
        while !self.take("]") {
            let first = try self.member()
            guard self.peek == "-", self.index + 1 < self.scalars.count, self.scalars[self.index + 1] != "]" else {
                result.ranges += first.plainRanges
                continue
            }
            self.index += 1
            let last = try self.member()
            guard let lower = first.onlyScalar, let upper = last.onlyScalar, lower <= upper else {
                throw self.error("a range goes from a character to one that is not before it")
            }
            result.ranges.append(lower...upper)
        }
        return result
    }

    private mutating func member() throws(PatternError) -> PatternClass {
        let scalar = try self.next()
        guard scalar == "\\" else { return .single(scalar) }
        return self.take("b") ? .single("\u{08}") : try self.escape()
    }
}

extension PatternClass {
    fileprivate var onlyScalar: UInt32? {
        guard !self.isNegated, self.ranges.count == 1, let range = self.ranges.first, range.count == 1 else {
            return nil
        }
        return range.lowerBound
    }
}
