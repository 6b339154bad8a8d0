// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A text that is no path pattern.
public struct PathPatternError: Error, Sendable, CustomStringConvertible {
    /// The text, with a slash at its start.
    public let pattern: String
    /// Where in the text it is wrong; the slash at its start is 1.
    public let position: Int
    /// What is wrong.
    public let reason: String
    /// What to write.
    public let cure: String
    /// Where the route with this pattern is declared, where that is known.
    public package(set) var source: SourcePlace?

    /// What is wrong, where, and what to write.
    public var description: String {
        let place = self.source.map { " (\($0))" } ?? ""
        return "The path pattern \(self.pattern)\(place), character \(self.position): \(self.reason). \(self.cure)"
    }
}
