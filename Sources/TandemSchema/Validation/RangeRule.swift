// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Between which values a number, a date or anything else that can be compared lies.
public struct RangeRule<Value: Comparable & Schema>: Rule {
    @usableFromInline let least: Value?
    @usableFromInline let most: Value?
    /// Whether `most` itself is too much.
    @usableFromInline let excludesMost: Bool

    /// From one value to another, both allowed: `1...5`.
    public init(_ range: ClosedRange<Value>) {
        (self.least, self.most, self.excludesMost) = (range.lowerBound, range.upperBound, false)
    }

    /// From one value up to another, which is not allowed: `0..<1`.
    public init(_ range: Range<Value>) {
        (self.least, self.most, self.excludesMost) = (range.lowerBound, range.upperBound, true)
    }

    /// From a value on: `0...`.
    public init(_ range: PartialRangeFrom<Value>) {
        (self.least, self.most, self.excludesMost) = (range.lowerBound, nil, false)
    }

    /// Up to a value, which is allowed: `...100`.
    public init(_ range: PartialRangeThrough<Value>) {
        (self.least, self.most, self.excludesMost) = (nil, range.upperBound, false)
    }

    /// Up to a value, which is not allowed: `..<1`.
    public init(_ range: PartialRangeUpTo<Value>) {
        (self.least, self.most, self.excludesMost) = (nil, range.upperBound, true)
    }

    /// Says what the value is, where it lies outside.
    @inlinable
    public func violation(of value: Value) -> Violation? {
        let isAbove = self.least.map { value >= $0 } ?? true
        let isBelow = self.most.map { self.excludesMost ? value < $0 : value <= $0 } ?? true
        if isAbove, isBelow { return nil }
        return self.broken(by: value)
    }

    @usableFromInline
    func broken(by value: Value) -> Violation {
        Violation("range", expected: self.expected, actual: Self.shown(value))
    }

    private var expected: String {
        let most = self.most.map { (self.excludesMost ? "less than " : "at most ") + Self.shown($0) }
        guard let least else { return most ?? "any" }
        return "at least " + Self.shown(least) + (most.map { " and \($0)" } ?? "")
    }

    private static func shown(_ value: Value) -> String {
        (try? JSON.text(value)) ?? String(describing: value)
    }

    /// `minimum`, `maximum` and `exclusiveMaximum`, for numbers.
    public func describe(in schema: inout JSONSchema) {
        if let least = self.least?.asJSON, case .number = least { schema["minimum"] = least }
        if let most = self.most?.asJSON, case .number = most {
            schema[self.excludesMost ? "exclusiveMaximum" : "maximum"] = most
            if self.excludesMost { schema["maximum"] = nil }
        }
    }
}
