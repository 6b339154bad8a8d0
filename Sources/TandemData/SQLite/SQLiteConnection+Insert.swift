// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SQLiteConnection {
    /// Inserts rows by one statement that is kept and run for each; all of them or none.
    func insert(
        into table: String,
        columns: [String],
        count: Int,
        write: (_ row: Int, _ values: inout RowWriter) -> Void
    ) throws {
        let names = columns.map(Self.quoted).joined(separator: ", ")
        let places = (1...max(1, columns.count)).map { "?\($0)" }.joined(separator: ", ")
        let statement = try self.statement("INSERT INTO \(Self.quoted(table)) (\(names)) VALUES (\(places))")
        try self.execute("SAVEPOINT tandem_insert")
        do {
            for row in 0..<count {
                var values = RowWriter(statement)
                write(row, &values)
                try statement.endRow()
                try self.finishing(statement) { statement throws(SQLiteError) in try statement.step() }
            }
            try self.execute("RELEASE tandem_insert")
        } catch {
            if !self.isAutocommit {
                try? self.execute("ROLLBACK TO tandem_insert")
                try? self.execute("RELEASE tandem_insert")
            }
            throw error
        }
    }

    static func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
}
