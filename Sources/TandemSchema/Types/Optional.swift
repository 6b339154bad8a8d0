// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Optional: Schema where Wrapped: Schema {
    /// Reads `null` as `nil`, and anything else as a value.
    @inlinable
    public init?(json reader: inout JSONReader) throws(JSONError) {
        if try reader.readNull() {
            self = .none
        } else {
            guard let value = try Wrapped(json: &reader) else { return nil }
            self = .some(value)
        }
    }

    /// Reads `null` as `nil`, and anything else as a value.
    @inlinable
    public static func read(json reader: inout JSONReader, into slot: inout JSONSlot<Self>) throws(JSONError) {
        if try reader.readNull() {
            slot.fill(nil)
        } else if let value = try JSONSlot<Wrapped>.read(&reader) {
            slot.fill(value)
        }
    }

    /// Writes the value, or `null`.
    @inlinable
    public func write(json writer: inout JSONWriter) {
        switch self {
        case .some(let value): value.write(json: &writer)
        case .none: writer.writeNull()
        }
    }

    /// The type of the value, or `null`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        Wrapped.describe(in: &definitions).orNull
    }

    /// `nil`.
    @inlinable public static var absent: Self? { .some(.none) }
}

/// A property of a change: left as it is, set to nothing, or set to a value.
///
/// In a `PATCH` a key that is missing and a key that is `null` mean different things (RFC 7396):
/// ```swift
/// @Schema struct TicketChange {
///     var subject: Patch<String>
///     var assignee: Patch<Agent.ID>
/// }
/// change.assignee.apply(to: &ticket.assigneeID)
/// ```
public enum Patch<Value: Schema>: Schema {
    /// The key was not there: leave the value as it is.
    case missing
    /// The key was `null`: remove the value.
    case null
    /// The new value.
    case value(Value)

    /// Reads `null` or a value.
    @inlinable
    public init?(json reader: inout JSONReader) throws(JSONError) {
        if try reader.readNull() {
            self = .null
        } else {
            guard let value = try Value(json: &reader) else { return nil }
            self = .value(value)
        }
    }

    /// Writes the value or `null`.
    @inlinable
    public func write(json writer: inout JSONWriter) {
        if case .value(let value) = self { value.write(json: &writer) } else { writer.writeNull() }
    }

    /// The type of the value, or `null`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        Value.describe(in: &definitions).orNull
    }

    /// `missing`.
    @inlinable public static var absent: Self? { .missing }

    /// Whether the key is left out: where it is `missing`.
    @inlinable public var isOmitted: Bool { if case .missing = self { true } else { false } }

    /// Changes `target` as was asked.
    public func apply(to target: inout Value?) {
        switch self {
        case .missing: break
        case .null: target = nil
        case .value(let value): target = value
        }
    }

    /// Changes `target` to the value, where there is one; what cannot be `nil` stays as it is for `null` too.
    public func apply(to target: inout Value) {
        if case .value(let value) = self { target = value }
    }
}

extension Patch: Equatable where Value: Equatable {}
extension Patch: Hashable where Value: Hashable {}
