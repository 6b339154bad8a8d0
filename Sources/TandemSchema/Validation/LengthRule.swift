// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How many characters a string has: Unicode scalars, as JSON Schema counts them.
public struct LengthRule: Rule {
    @usableFromInline let bounds: CountBounds

    /// A rule of a range such as `1...120`, `1...` or `..<10`.
    public init(_ range: some RangeExpression<Int>) {
        self.bounds = CountBounds(range)
    }

    /// Says how many there are, where they are too few or too many.
    @inlinable
    public func violation(of value: String) -> Violation? {
        // A scalar takes one to four bytes, so most strings need not be counted.
        let bytes = value.utf8.count
        if bytes / 4 >= self.bounds.least, bytes <= self.bounds.most { return nil }
        return self.counted(value)
    }

    @usableFromInline
    func counted(_ value: String) -> Violation? {
        self.bounds.violation(of: value.unicodeScalars.count, rule: "length", unit: "character")
    }

    /// `minLength` and `maxLength`.
    public func describe(in schema: inout JSONSchema) {
        self.bounds.describe(in: &schema, least: "minLength", most: "maxLength")
    }
}

/// How many elements a collection has.
public struct ItemsRule<Value: Collection>: Rule {
    @usableFromInline let bounds: CountBounds

    /// A rule of a range such as `1...20`, `1...` or `..<10`.
    public init(_ range: some RangeExpression<Int>) {
        self.bounds = CountBounds(range)
    }

    /// Says how many there are, where they are too few or too many.
    @inlinable
    public func violation(of value: Value) -> Violation? {
        let count = value.count
        return self.bounds.contains(count) ? nil : self.bounds.violation(of: count, rule: "items", unit: "item")
    }

    /// `minItems` and `maxItems`, or `minProperties` and `maxProperties` for a dictionary.
    public func describe(in schema: inout JSONSchema) {
        if schema["type"] == "object" {
            self.bounds.describe(in: &schema, least: "minProperties", most: "maxProperties")
        } else {
            self.bounds.describe(in: &schema, least: "minItems", most: "maxItems")
        }
    }
}

/// No element of an array is there twice.
public struct UniqueRule<Value: Collection>: Rule where Value.Element: Hashable {
    /// The rule.
    public init() {}

    /// Says that an element is there twice.
    public func violation(of value: Value) -> Violation? {
        Set(value).count == value.count
            ? nil : Violation("unique", expected: "items that all differ", actual: "items of which some are equal")
    }

    /// `uniqueItems`.
    public func describe(in schema: inout JSONSchema) {
        schema["uniqueItems"] = true
    }
}

/// The least and the greatest number of things.
@usableFromInline
struct CountBounds: Sendable {
    @usableFromInline let least: Int
    @usableFromInline let most: Int

    @inlinable
    func contains(_ count: Int) -> Bool { count >= self.least && count <= self.most }

    init(_ range: some RangeExpression<Int>) {
        // Relative to all counts that there are, an open end becomes their end.
        let range = range.relative(to: 0..<Int.max)
        self.least = range.lowerBound
        self.most = range.upperBound == Int.max ? Int.max : range.upperBound - 1
    }

    @usableFromInline
    func violation(of count: Int, rule: String, unit: String) -> Violation? {
        if self.contains(count) { return nil }
        let expected =
            self.most == Int.max
            ? "at least \(Self.counted(self.least, unit))"
            : self.least == 0
                ? "at most \(Self.counted(self.most, unit))" : "\(self.least) to \(Self.counted(self.most, unit))"
        return Violation(rule, expected: expected, actual: Self.counted(count, unit))
    }

    private static func counted(_ count: Int, _ unit: String) -> String {
        count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }

    func describe(in schema: inout JSONSchema, least: String, most: String) {
        if self.least > 0 { schema[least] = .number(self.least.description) }
        if self.most < Int.max { schema[most] = .number(self.most.description) }
    }
}
