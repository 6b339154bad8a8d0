// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A regular expression that takes time in proportion to the text, whatever the text: there is no backtracking.
///
/// What clients send is matched against it, so an expression that takes for ever must not exist. The syntax is that of
/// ECMAScript, which JSON Schema names, without what needs backtracking: literals, `.`, classes (`[a-z]`, `[^"]`),
/// `\d \w \s` and their opposites, `\n \r \t \f \v \xHH \uHHHH`, groups, `|`, `* + ? {n} {n,} {n,m}` (lazy or not is
/// the same here), and the anchors `^ $ \b \B`. Look-around and back-references are refused.
public struct Pattern: Sendable, CustomStringConvertible {
    /// The expression as it was given.
    public let expression: String
    private let program: [PatternInstruction]
    /// For texts that are ASCII, where it is not too large.
    private let automaton: PatternAutomaton?

    /// Reads an expression.
    public init(_ expression: String) throws(PatternError) {
        self.expression = expression
        var parser = PatternParser(expression)
        self.program = try PatternCompiler.program(of: try parser.parse())
        self.automaton = PatternAutomaton(self.program)
    }

    /// Whether some part of a text matches; the whole of it where the expression has `^` and `$`.
    public func matches(_ text: String) -> Bool {
        if let automaton, let answer = text.withBytes({ automaton.finds(in: $0) }) { return answer }
        var matcher = PatternMatcher(self.program)
        return matcher.finds(in: text)
    }

    /// The expression.
    public var description: String { self.expression }
}

/// Why an expression cannot be read.
public struct PatternError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let reason: String
    /// Where, in Unicode scalars from the start.
    public let offset: Int

    /// What is wrong and where.
    public var description: String { "\(self.reason), at character \(self.offset + 1)" }
}

/// Single characters that one place of an expression takes.
struct PatternClass: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        self.ranges.contains { $0.contains(scalar.value) } != self.isNegated
    }

    static let digit = PatternClass(ranges: [0x30...0x39])
    static let word = PatternClass(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    /// White space and line ends of ECMAScript.
    static let space = PatternClass(ranges: [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ])
    /// What `.` takes: all but line ends.
    static let notLineEnd = PatternClass(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029], isNegated: true)

    static func single(_ scalar: Unicode.Scalar) -> PatternClass { PatternClass(ranges: [scalar.value...scalar.value]) }

    var negated: PatternClass { PatternClass(ranges: self.ranges, isNegated: !self.isNegated) }

    /// The ranges that it takes, without a negation.
    var plainRanges: [ClosedRange<UInt32>] {
        guard self.isNegated else { return self.ranges }
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in self.ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
            next = max(next, range.upperBound + 1)
        }
        return next <= 0x10FFFF ? gaps + [next...0x10FFFF] : gaps
    }
}

/// A place between two characters.
enum PatternAnchor: Sendable, Hashable {
    case start, end, wordEdge, notWordEdge
}
