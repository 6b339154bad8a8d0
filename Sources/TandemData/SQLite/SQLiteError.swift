// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What SQLite said, for the log: it may name values.
public struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The extended result code, such as 2067 for a row that must be unique.
    public let code: Int32
    /// SQLite's own words.
    public let message: String

    /// The code and the words.
    public var description: String { "SQLite \(self.code): \(self.message)" }
}
