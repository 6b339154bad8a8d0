// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

extension SQLExpression where Value: Schema {
    /// A member of what a JSON column holds; missing where there is none.
    public subscript(key: String) -> SQLExpression<JSON?> {
        // SQLite has no way to write a quotation mark within a key.
        let path: SQLValue =
            key.contains("\"")
            ? .invalid("A key of JSON with a quotation mark cannot be looked for.")
            : .text("$.\"\(key)\"")
        return self.member(sqlite: .value(path), postgreSQL: .typed(.text(key), as: .text))
    }

    /// An element of what a JSON column holds, counted from 0; missing where there is none.
    public subscript(index: Int) -> SQLExpression<JSON?> {
        self.member(
            sqlite: .value(.text("$[\(index)]")),
            postgreSQL: SQL(text: "CAST(") + .value(.integer(Int64(index))) + SQL(text: " AS integer)")
        )
    }

    private func member(sqlite: SQL, postgreSQL: SQL) -> SQLExpression<JSON?> {
        let sql = self.sql
        return SQLExpression<JSON?>(
            .dialect { .infix(sql, " -> ", $0 == .sqlite ? sqlite : postgreSQL) },
            ValueCoding.json.optional
        )
    }
}

extension SQLExpression<JSON?> {
    /// The text that it is.
    public var text: SQLExpression<String?> { self.read(as: "TEXT", "text") }

    /// The integer that it is; PostgreSQL throws where it is no number.
    public var integer: SQLExpression<Int?> { self.read(as: "INTEGER", "bigint") }

    /// The number that it is; PostgreSQL throws where it is none.
    public var double: SQLExpression<Double?> { self.read(as: "REAL", "double precision") }

    /// The boolean that it is; PostgreSQL throws where it is none.
    public var boolean: SQLExpression<Bool?> { self.read(as: "INTEGER", "boolean") }

    private func read<Result: ColumnValue>(as sqlite: String, _ postgreSQL: String) -> SQLExpression<Result?> {
        let sql = self.sql
        return SQLExpression<Result?>(
            .dialect { dialect in
                guard dialect == .sqlite else { return .cast(.infix(sql, " #>> ", "'{}'"), as: postgreSQL) }
                return .cast(.infix(sql, " ->> ", "'$'"), as: sqlite)
            },
            .own
        )
    }
}
