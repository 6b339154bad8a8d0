// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A rule that values of a type must keep, beyond being of that type.
///
/// The attributes `@Length`, `@Range`, `@Pattern`, `@Format`, `@Items` and `@Unique` stand for the rules of the same
/// names in this module; `@Rules(…)` takes any, those of your own too.
public protocol Rule: Sendable {
    /// What it is a rule for.
    associatedtype Value

    /// What is wrong with a value, or `nil` where it keeps the rule.
    func violation(of value: Value) -> Violation?

    /// Adds what JSON Schema can say of the rule.
    func describe(in schema: inout JSONSchema)
}
