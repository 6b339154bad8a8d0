// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A value on its way to a database.
public enum SQLValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
    /// A moment, kept to the microsecond.
    case timestamp(Date)
    case uuid(UUID)
    /// A decimal fraction with all its digits.
    case decimal(Decimal)
    /// A JSON text.
    case json(String)
    /// A value that has no form in a database, and why; the statement that holds it is refused.
    case invalid(String)
}
