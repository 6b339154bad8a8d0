// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong with a value.
public struct Violation: Sendable, Hashable {
    /// Where, as a JSON pointer (RFC 6901) from the root: `/items/0/price`; empty for the root itself.
    public var pointer: String
    /// The rule that is broken, for programs.
    ///
    /// Ours are `type`, `required`, `unknown`, `enum`, `key`, `length`, `range`, `pattern`, `format`, `items`, `unique`.
    public var rule: String
    /// What was expected, for people: `1 to 120 characters`.
    public var expected: String
    /// What came instead, shortened: `0 characters`; `nil` where nothing did.
    public var actual: String?

    /// A violation from its parts.
    public init(_ rule: String, expected: String, actual: String? = nil, pointer: String = "") {
        self.pointer = pointer
        self.rule = rule
        self.expected = expected
        self.actual = actual
    }
}

extension Violation: CustomStringConvertible {
    /// All of it in one line.
    public var description: String {
        let place = self.pointer.isEmpty ? "The value" : self.pointer
        return "\(place) must be \(self.expected)" + (self.actual.map { ", not \($0)." } ?? ".")
    }
}

/// A value that breaks rules: all of them that were found.
public struct ValidationError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, in the order in which it was found; never empty.
    public let violations: [Violation]

    /// An error of what was found.
    public init(_ violations: [Violation]) {
        self.violations = violations
    }

    /// The violations, a line each.
    public var description: String { self.violations.map(\.description).joined(separator: "\n") }
}
