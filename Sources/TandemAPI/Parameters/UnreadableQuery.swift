// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An endpoint asks for the query as a value of a type whose values have no properties, such as `Query<Int>`.
public struct UnreadableQuery: Error, CustomStringConvertible {
    /// What is asked for, by what, and what to do.
    public let description: String

    init(_ type: any Sendable.Type, for place: String) {
        self.description = """
            \(place) asks for a Query<\(type)>, which has no properties to read. Use a @Schema struct, or for a single \
            parameter its type alone.
            """
    }
}
