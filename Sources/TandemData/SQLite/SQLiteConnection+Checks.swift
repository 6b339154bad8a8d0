// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSQLite

extension SQLiteError {
    var isCheck: Bool { self.code == SQLITE_CONSTRAINT | 1 << 8 }
}

// MARK: - Foreign keys while tables are built anew

extension SQLiteConnection {
    /// Begins a transaction in which foreign keys do nothing: to drop a table would delete what refers to its rows.
    func beginRebuilding() throws {
        try self.execute("PRAGMA foreign_keys = OFF")
        do { try self.execute("BEGIN IMMEDIATE") } catch {
            self.enforceForeignKeys()
            throw error
        }
    }

    /// Outside a transaction; in one it would do nothing.
    func enforceForeignKeys() {
        // It sets a flag, and has no way to fail.
        try? self.execute("PRAGMA foreign_keys = ON")
    }

    /// Checks the foreign keys of all rows.
    func checkForeignKeys() throws {
        var table: String?
        try self.run(Statement("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1")).rows.forEach { row in
            table = try row.text()
        }
        guard let table else { return }
        throw DatabaseError(.foreignKeyViolation, "A row refers to one that is not there.", table: table)
    }
}

// MARK: - Rules

extension SQLiteConnection {
    /// The table and the columns of a rule that SQLite names by its name, or by its text where it has none.
    ///
    /// - Returns: Nil where several tables have such a rule, or none.
    func check(named message: String) throws -> (table: String, columns: [String])? {
        let rule = message.dropFirst("CHECK constraint failed: ".count)
        var tables: [(name: String, text: String)] = []
        let select = Statement(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND instr(sql, ?1) > 0 LIMIT 2",
            [.text(String(rule))]
        )
        try self.run(select).rows.forEach { row in tables.append((try row.text(), try row.text())) }
        guard tables.count == 1, let (table, text) = tables.first else { return nil }
        var columns: [String] = []
        let names = Statement("SELECT name FROM pragma_table_info(?1)", [.text(table)])
        try self.run(names).rows.forEach { row in columns.append(try row.text()) }
        let words = Self.words(of: rule, in: text)
        return (table, columns.filter { words.contains($0.lowercased()) })
    }

    /// The words of a rule: those between the brackets behind its name, or its own.
    private static func words(of rule: Substring, in text: String) -> Set<String> {
        guard let start = text.firstRange(of: rule)?.upperBound else { return [] }
        let isNamed = rule.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        var depth = 0
        let body =
            isNamed
            ? text[start...].drop { $0 != "(" }.prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            }
            : rule
        return Set(body.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map { $0.lowercased() })
    }
}
