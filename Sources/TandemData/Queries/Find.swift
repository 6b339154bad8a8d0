// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// The row of a key.
    ///
    /// - Throws: `DatabaseError` with the code `notFound` where there is none.
    public func find<M: Model>(_ model: M.Type, _ id: M.ID) async throws -> M {
        guard let row = try await self.first(model, id) else { throw .notFound(M.self) }
        return row
    }

    /// The row of a key, if there is one.
    ///
    /// - Throws: `DatabaseError`.
    public func first<M: Model>(_ model: M.Type, _ id: M.ID) async throws -> M? {
        let text = ModelText.of(model)
        let statement = Statement(text.finding(self.dialect), M.keyValues(of: id), access: .read)
        var found: M?
        try await self.run(statement) { row in found = try M(from: &row) }
        return found
    }

    /// The rows of keys, in their order; keys that there is no row of are left out.
    ///
    /// - Throws: `DatabaseError`.
    public func find<M: Model>(_ model: M.Type, in ids: [M.ID]) async throws -> [M] {
        guard !ids.isEmpty else { return [] }
        let rows = try await self.select(model).having(keys: ids.map { M.keyValues(of: $0) }).all()
        let byKey = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ids.compactMap { byKey[$0] }
    }
}

extension Select {
    /// Only rows with one of the keys, each the values of the key's columns.
    func having(keys: [[SQLValue]]) -> Select {
        let text = ModelText.of(Root.self)
        let table = self.statement.table
        return self.changed { $0.conditions.append(text.condition(keys, table)) }
    }
}

extension ModelText {
    /// Whether a row has one of some keys.
    func condition(_ keys: [[SQLValue]], _ table: TableReference) -> SQL {
        if self.key.count == 1 {
            let column = SQL([.text("("), .column(table, self.key[0])])
            return column + .membership(of: keys.compactMap(\.first), self.keyTypes[0]) + SQL(text: ")")
        }
        let columns = self.key.map { SQL([.column(table, $0)]) }.joined(", ")
        return SQL(text: "((") + columns + ") IN (" + self.rows(of: keys) + "))"
    }

    /// Keys of several columns as rows: however many there are, they are one bound value, on PostgreSQL one a column.
    private func rows(of keys: [[SQLValue]]) -> SQL {
        let (count, types) = (self.key.count, self.keyTypes)
        guard keys.allSatisfy({ $0.count == count }) else {
            return .value(.invalid("A key of \"\(self.table)\" has \(count) values."))
        }
        return .dialect { dialect in
            switch dialect {
            case .sqlite:
                let lists = keys.compactMap { JSONList($0)?.text }
                guard lists.count == keys.count else { break }
                let members = types.indices.map { SQL(text: "json_extract(value, '$[\($0)]')") }
                return SQL(text: "SELECT ") + members.joined(", ") + " FROM json_each("
                    + .value(.text("[" + lists.joined(separator: ",") + "]")) + ")"
            case .postgreSQL:
                let lists = types.indices.compactMap { index in ArrayText(keys.map { $0[index] })?.text }
                guard lists.count == count else { break }
                let arrays = zip(lists, types).map { SQL.cast(.value(.text($0)), as: "\($1.postgreSQLName)[]") }
                return SQL(text: "SELECT * FROM unnest(") + arrays.joined(", ") + ")"
            }
            let rows = keys.map { SQL(text: "(") + zip($0, types).map(SQL.typed).joined(", ") + ")" }
            return SQL(text: "VALUES ") + rows.joined(", ")
        }
    }
}

extension Error where Self == DatabaseError {
    static func notFound<M: Model>(_ model: M.Type) -> DatabaseError {
        DatabaseError(.notFound, "No such row in \"\(M.table.name)\".", table: M.table.name)
    }
}
