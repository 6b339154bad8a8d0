// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What went wrong in a database or on the way to it.
///
/// No statement and no value of a row is in it: its text may be shown to clients.
public struct DatabaseError: Error, Sendable, CustomStringConvertible {
    /// What kind of error it is.
    public var code: Code
    /// What happened and what to do, for people.
    public var message: String
    /// The table whose rule was broken, where the database names it.
    public var table: String?
    /// The columns of that rule, as far as the database names them.
    public var columns: [String]
    /// What the driver said, for the log; it may name values.
    public var cause: (any Error)?

    /// An error from its parts.
    public init(
        _ code: Code,
        _ message: String,
        table: String? = nil,
        columns: [String] = [],
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.table = table
        self.columns = columns
        self.cause = cause
    }

    /// The code and the message.
    public var description: String { "\(self.code.rawValue): \(self.message)" }

    /// A kind of error: a short stable name.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The name.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }
}

extension DatabaseError.Code {
    /// No row has the key.
    public static let notFound = Self(rawValue: "row-not-found")
    /// More rows than the one that was asked for.
    public static let severalRows = Self(rawValue: "several-rows")
    /// A row with these values is there already.
    public static let uniqueViolation = Self(rawValue: "unique-violation")
    /// A row refers to one that is not there, or is referred to by one that is.
    public static let foreignKeyViolation = Self(rawValue: "foreign-key-violation")
    /// A row breaks a rule of its table.
    public static let checkViolation = Self(rawValue: "check-violation")
    /// A column that must hold a value would hold none.
    public static let notNullViolation = Self(rawValue: "not-null-violation")
    /// Another has changed the row since it was read.
    public static let stale = Self(rawValue: "stale-row")
    /// Transactions got in each other's way; the same again may succeed.
    public static let serializationFailure = Self(rawValue: "serialization-failure")
    /// The database is locked by another for longer than the time-out.
    public static let busy = Self(rawValue: "database-busy")
    /// There is no connection to the database, or it broke.
    public static let connectionLost = Self(rawValue: "connection-lost")
    /// No connection came free in time.
    public static let poolExhausted = Self(rawValue: "pool-exhausted")
    /// The statement took longer than it may, or was cancelled.
    public static let cancelled = Self(rawValue: "statement-cancelled")
    /// The database could not understand the statement, or it names what is not there.
    public static let invalidStatement = Self(rawValue: "invalid-statement")
    /// A value has no form in a database, or not in this column.
    public static let invalidValue = Self(rawValue: "invalid-value")
    /// A column holds what its type cannot be read from.
    public static let unreadable = Self(rawValue: "unreadable-column")
    /// The transaction, or the database, was used after its end.
    public static let closed = Self(rawValue: "database-closed")
    /// The database file is damaged, full, read-only, or cannot be opened.
    public static let storage = Self(rawValue: "storage-failure")
    /// The database is in another state than the models or the migrations say.
    public static let migration = Self(rawValue: "migration-failure")
    /// Anything else that the driver says.
    public static let other = Self(rawValue: "database-failure")
}

extension DatabaseError {
    @usableFromInline
    static func unreadable(_ message: String, cause: (any Error)? = nil) -> DatabaseError {
        DatabaseError(.unreadable, message, cause: cause)
    }
}
