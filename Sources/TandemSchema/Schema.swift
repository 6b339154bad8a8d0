// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A type that is written once: it reads itself from JSON, writes itself to it, and says what it looks like.
///
/// Put `@Schema` on a struct or an enum to have all of this written:
/// ```swift
/// @Schema struct NewTicket {
///     /// What is wrong, in one line.
///     @Length(1...120) var subject: String
///     var priority: Priority = .normal
/// }
/// ```
public protocol Schema: Sendable {
    /// Reads a value; the cursor is at its first byte, and goes behind its last.
    ///
    /// - Returns: `nil` where it cannot be one of this type; the reader's violations then say why, and the value has
    ///   been skipped, so that what follows it can be read too.
    /// - Throws: `JSONError` where the text is no JSON; nothing more can then be read.
    init?(json reader: inout JSONReader) throws(JSONError)

    /// Reads a value, as `init(json:)` does, into the memory it stays in; where that fails, the slot stays empty.
    ///
    /// A large value is moved less often this way. `@Schema` writes it; by hand it need not be.
    static func read(json reader: inout JSONReader, into slot: inout JSONSlot<Self>) throws(JSONError)

    /// Writes the value.
    func write(json writer: inout JSONWriter)

    /// What the values look like, as JSON Schema 2020-12; types with a name of their own go into `definitions`.
    static func describe(in definitions: inout Definitions) -> JSONSchema

    /// What a property of this type is where an object does not have it; `nil` where it must.
    static var absent: Self? { get }

    /// Whether a property with this value is left out of its object.
    var isOmitted: Bool { get }
}

extension Schema {
    /// Reads a value by `init(json:)`.
    @inlinable
    public static func read(json reader: inout JSONReader, into slot: inout JSONSlot<Self>) throws(JSONError) {
        if let value = try Self(json: &reader) { slot.fill(value) }
    }

    /// Must be there.
    @inlinable public static var absent: Self? { nil }

    /// Is always written.
    @inlinable public var isOmitted: Bool { false }
}
