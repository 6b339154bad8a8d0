// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSQLite

extension DatabaseError {
    /// An error by SQLite's code; its words are for the log alone, but for the names of tables and columns.
    init(_ error: SQLiteError) {
        let code = Code(sqlite: error)
        let subject = RuleSubject(error.message)
        let message =
            switch code {
            case .uniqueViolation: "A row with the same values is there already."
            case .foreignKeyViolation: "A row refers to one that is not there, or is referred to by another."
            case .checkViolation: "A row breaks a rule of its table."
            case .notNullViolation: "A column that must hold a value would hold none."
            case .invalidValue: "A value does not fit into its column."
            case .serializationFailure: "Another has changed the database since this transaction read it; try again."
            case .busy: "The database is locked by another for longer than the time-out; try again."
            case .cancelled: "The statement was interrupted."
            case .storage: Self.storageMessage(error.code & 0xff)
            case .invalidStatement: "SQLite does not understand the statement, or it names what is not there."
            default: "SQLite failed with code \(error.code)."
            }
        self.init(code, message, table: subject.table, columns: subject.columns, cause: error)
    }

    private static func storageMessage(_ code: Int32) -> String {
        switch code {
        case SQLITE_FULL: "The disk or the database is full; make room."
        case SQLITE_CORRUPT, SQLITE_NOTADB: "The file is damaged or no SQLite database; restore a backup."
        case SQLITE_CANTOPEN: "The database file cannot be opened; check its folder and its permissions."
        case SQLITE_READONLY, SQLITE_PERM: "The database file cannot be written; check its permissions."
        default: "The database file cannot be read or written; check the disk."
        }
    }

    /// A use after the end.
    static func closed(_ what: String) -> DatabaseError {
        DatabaseError(.closed, "The \(what) was used after its end.")
    }

    static var waitedTooLong: DatabaseError {
        DatabaseError(.poolExhausted, "No connection to the database came free in time; try again.")
    }
}

extension DatabaseError.Code {
    init(sqlite error: SQLiteError) {
        self =
            switch error.code & 0xff {
            case SQLITE_CONSTRAINT: Self(constraint: error)
            case SQLITE_BUSY:
                error.code == SQLITE_BUSY | 2 << 8 ? .serializationFailure : .busy
            case SQLITE_LOCKED: .busy
            case SQLITE_INTERRUPT: .cancelled
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_READONLY,
                SQLITE_PERM,
                SQLITE_PROTOCOL, SQLITE_NOLFS:
                .storage
            case SQLITE_TOOBIG, SQLITE_MISMATCH: .invalidValue
            // It has no code of its own: a pattern of more than 50,000 bytes in SQL by hand.
            case SQLITE_ERROR where error.message == "LIKE or GLOB pattern too complex": .invalidValue
            case SQLITE_ERROR, SQLITE_RANGE, SQLITE_AUTH: .invalidStatement
            default: .other
            }
    }

    private init(constraint error: SQLiteError) {
        // The number behind SQLITE_CONSTRAINT, as sqlite3.h lists them.
        self =
            switch error.code >> 8 {
            case 6, 8, 10: .uniqueViolation
            case 3: .foreignKeyViolation
            case 5: .notNullViolation
            case 12: .invalidValue
            // `ON DELETE RESTRICT` is a trigger of SQLite's own.
            case 7: error.message == "FOREIGN KEY constraint failed" ? .foreignKeyViolation : .checkViolation
            default: .checkViolation
            }
    }
}

/// The table and the columns that SQLite's words name: `UNIQUE constraint failed: users.name, users.team`.
struct RuleSubject {
    var table: String?
    var columns: [String] = []

    init(_ message: String) {
        for start in ["UNIQUE constraint failed: ", "NOT NULL constraint failed: "] where message.hasPrefix(start) {
            let names = message.dropFirst(start.count)
            guard !names.hasPrefix("index ") else { return }
            for name in names.split(separator: ", ") { self.add(name) }
            return
        }
        if message.hasPrefix("cannot store "), let name = message.split(separator: " column ").last { self.add(name) }
    }

    private mutating func add(_ name: Substring) {
        guard let dot = name.firstIndex(of: ".") else { return }
        self.table = String(name[..<dot])
        self.columns.append(String(name[name.index(after: dot)...]))
    }
}
