// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A description of types or of endpoints that cannot be read: a schema, or an OpenAPI document.
public struct DescriptionError: Error, Hashable, CustomStringConvertible {
    /// Where in the document: a JSON pointer, empty for the whole.
    public let pointer: String
    /// What is wrong there.
    public let reason: String

    /// What is wrong, and where.
    package init(_ reason: String, at pointer: String) {
        self.pointer = pointer
        self.reason = reason
    }

    /// Where, and what is wrong.
    public var description: String { "\(self.pointer.isEmpty ? "The document" : self.pointer): \(self.reason)" }
}
