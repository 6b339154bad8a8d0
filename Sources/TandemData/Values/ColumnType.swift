// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// What kind of values a column holds, whatever the database calls it.
@Schema public enum ColumnType: String, Hashable, CaseIterable {
    case boolean
    /// 64 bits, signed.
    case integer
    /// A binary fraction of 64 bits.
    case double
    case text
    case bytes
    /// A moment in UTC, to the microsecond.
    case timestamp
    case uuid
    /// A decimal fraction with all its digits.
    case decimal
    case json
}
