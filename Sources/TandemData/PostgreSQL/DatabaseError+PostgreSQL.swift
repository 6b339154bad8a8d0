// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
extension DatabaseError {
    /// What an error of the server's means.
    init(_ cause: PostgreSQLError) {
        guard let state = cause.sqlState else {
            self = .lost(cause)
            return
        }
        switch state {
        case "23505": self.init(unique: cause)
        case "23503": self.init(foreignKey: cause)
        case "23514", "23P01":
            let rule = cause.constraint.map { " \"\($0)\"" } ?? ""
            self.init(.checkViolation, "A row\(Self.of(cause.table)) breaks the rule\(rule).", cause: cause)
            self.table = cause.table
        case "23502":
            let column = cause.column.map { "\"\($0)\"" } ?? "A column"
            self.init(.notNullViolation, "\(column)\(Self.of(cause.table)) must hold a value.", cause: cause)
            self.table = cause.table
            self.columns = cause.column.map { [$0] } ?? []
        case "40001", "40P01":
            self.init(.serializationFailure, "Transactions got in each other's way; try again.", cause: cause)
        case "55P03": self.init(.busy, "A row or table is locked by another; try again.", cause: cause)
        case "57014": self.init(.cancelled, "The statement took longer than it may, or was cancelled.", cause: cause)
        case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "53300":
            self = .lost(cause)
        case "25006": self.init(.invalidStatement, "The transaction or the server only reads.", cause: cause)
        case "25P02":
            self.init(.invalidStatement, "An earlier statement of the transaction failed; roll it back.", cause: cause)
        default: self.init(class: state.prefix(2), cause)
        }
    }

    private init(class: Substring, _ cause: PostgreSQLError) {
        switch `class` {
        case "08": self = .lost(cause)
        case "22": self.init(.invalidValue, "A value does not fit where it should go.", cause: cause)
        case "23": self.init(.checkViolation, "A row breaks a rule\(Self.of(cause.table)).", cause: cause)
        case "28", "3D":
            self.init(
                .connectionLost,
                "PostgreSQL refuses the user, the password or the database's name.",
                cause: cause
            )
        case "42", "26", "34":
            let what = "PostgreSQL cannot run the statement: it is wrong, or names what is not there or not allowed"
            self.init(.invalidStatement, "\(what).", cause: cause)
        case "53", "58":
            self.init(.storage, "PostgreSQL is out of memory or disk space, or cannot read its files.", cause: cause)
        default: self.init(.other, "PostgreSQL refused the statement (\(cause.sqlState ?? "no code")).", cause: cause)
        }
    }

    private init(unique cause: PostgreSQLError) {
        let columns = cause.keyColumns
        let same = columns.isEmpty ? "these values" : "the same \(columns.joined(separator: ", "))"
        self.init(
            .uniqueViolation,
            "A row\(Self.of(cause.table)) with \(same) is there already.",
            table: cause.table,
            columns: columns,
            cause: cause
        )
    }

    private init(foreignKey cause: PostgreSQLError) {
        // The trigger's function of the side that is referred to; there the columns named are not the rule's.
        let isReferredTo = cause.detail?.contains("still referenced") == true
        self.init(
            .foreignKeyViolation,
            isReferredTo
                ? "A row is still referred to by one\(Self.of(cause.table))."
                : "A row\(Self.of(cause.table)) refers to one that is not there.",
            table: cause.table,
            columns: isReferredTo ? [] : cause.keyColumns,
            cause: cause
        )
    }

    private static func of(_ table: String?) -> String { table.map { " of \"\($0)\"" } ?? "" }

    static func lost(_ cause: PostgreSQLError) -> DatabaseError {
        DatabaseError(
            .connectionLost,
            "The connection to PostgreSQL was lost, or there is none; try again.",
            cause: cause
        )
    }

    static var abandoned: DatabaseError {
        DatabaseError(.cancelled, "The task was cancelled before the statement's end.")
    }

    static var databaseClosed: DatabaseError { DatabaseError(.closed, "The database was closed.") }

    /// What PostgreSQL or libpq said.
    var postgreSQL: PostgreSQLError? { self.cause as? PostgreSQLError }
}
#endif
