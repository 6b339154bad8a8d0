// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Select {
    /// Where it runs.
    ///
    /// - Throws: Where nobody has said.
    func target() throws(DatabaseError) -> Database {
        guard let database = self.database else {
            throw DatabaseError(.invalidStatement, "The query does not know its database; say `.on(db)`.")
        }
        return database
    }

    /// All rows.
    ///
    /// - Throws: `DatabaseError`.
    public func all() async throws -> [Row] {
        let database = try self.target()
        let statement = try self.statement.statement(database.dialect)
        let collector = self.output.collector()
        try await database.run(statement) { row in try collector.take(&row) }
        return try await collector.rows(in: database)
    }

    /// The first row, if there is any.
    ///
    /// - Throws: `DatabaseError`.
    public func first() async throws -> Row? { try await self.limit(1).all().first }

    /// The only row.
    ///
    /// - Throws: `DatabaseError` with the code `notFound` where there is none, `severalRows` where there are more.
    public func one() async throws -> Row {
        let rows = try await self.limit(2).all()
        let table = self.statement.table.table
        guard let row = rows.first else {
            throw DatabaseError(.notFound, "No such row in \"\(table)\".", table: table)
        }
        guard rows.count == 1 else {
            throw DatabaseError(.severalRows, "More than one such row in \"\(table)\".", table: table)
        }
        return row
    }

    /// How many rows there are.
    ///
    /// - Throws: `DatabaseError`.
    public func count() async throws -> Int {
        let database = try self.target()
        return try await database.number(self.statement.counting.statement(database.dialect))
    }

    /// Whether there is any row.
    ///
    /// - Throws: `DatabaseError`.
    public func exists() async throws -> Bool {
        let database = try self.target()
        let statement = try ("SELECT " + self.statement.existence).statement(database.dialect, .read)
        var exists = false
        try await database.run(statement) { row in exists = try row.boolean() }
        return exists
    }
}

extension Database {
    /// The number that a statement has in its one row.
    func number(_ statement: Statement) async throws -> Int {
        var number: Int64 = 0
        try await self.run(statement) { row in number = try row.integer() }
        return Int(number)
    }
}
