// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A regular expression that a string must match somewhere, as JSON Schema has it: `^` and `$` make it the whole string.
public struct PatternRule: Rule {
    private let expression: String
    private let pattern: Result<Pattern, PatternError>

    /// A rule of an expression in the syntax that `Pattern` states.
    ///
    /// `@Pattern` reads the expression when it is compiled. One that cannot be read and is made otherwise refuses every
    /// value, and says why.
    public init(_ expression: String) {
        self.expression = expression
        self.pattern = Result { () throws(PatternError) in try Pattern(expression) }
    }

    /// Says what the string is, where it does not match.
    public func violation(of value: String) -> Violation? {
        switch self.pattern {
        case .success(let pattern) where pattern.matches(value):
            nil
        case .success:
            Violation(
                "pattern",
                expected: "text that matches \(self.expression)",
                actual: value.debugDescription.shortened
            )
        case .failure(let error):
            Violation("pattern", expected: "text that matches \(self.expression), which no text does: \(error)")
        }
    }

    /// `pattern`.
    public func describe(in schema: inout JSONSchema) {
        schema["pattern"] = .string(self.expression)
    }
}
