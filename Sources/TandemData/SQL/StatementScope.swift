// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A query within a statement, and the tables that it reads from.
struct StatementScope {
    /// The tables that are named in it, with the names that they have there.
    private(set) var tables: [(table: TableReference, alias: String)] = []
    /// What its `FROM` joins to the first table.
    var joins = ""
    /// Whether it has a `FROM` that can join; what changes rows has none.
    let canJoin: Bool

    init(canJoin: Bool = true) {
        self.canJoin = canJoin
    }

    mutating func add(_ table: TableReference, as alias: String) { self.tables.append((table, alias)) }

    func alias(of table: TableReference) -> String? {
        self.tables.first { $0.table == table }?.alias
    }

    func holds(_ number: Int) -> Bool {
        self.tables.contains { $0.table.number == number }
    }

    func names(_ alias: String) -> Bool {
        self.tables.contains { $0.alias == alias }
    }
}

extension StatementWriter {
    /// Writes a column, and has its table joined where it is not there yet.
    mutating func write(_ column: String, of table: TableReference) {
        if table.number == 0 {
            self.text += "\(table.table.quotedName).\(column.quotedName)"
            return
        }
        guard let index = self.scopes.lastIndex(where: { $0.holds(table.number) }) else {
            return self.fail(
                .invalidStatement,
                "A column of \"\(table.table)\" is used in a query that does not read from that table."
            )
        }
        if let (origin, step) = table.last, !self.scopes[index].canJoin {
            return self.look(up: column, by: step, from: origin)
        }
        self.write(name: self.alias(of: table, in: index))
        self.text += "."
        self.write(name: column)
    }

    /// Writes all columns of a table, in order.
    mutating func write(_ model: ModelText, of table: TableReference) {
        for (index, column) in model.columns.enumerated() {
            if index > 0 { self.text += ", " }
            self.write(column, of: table)
        }
    }

    /// A name for a table of the innermost query, unlike all that can be seen from there.
    func alias(_ wish: String) -> String {
        // PostgreSQL cuts names off at 63 bytes.
        let wish = wish.utf8.count > 50 ? "joined" : wish
        var alias = wish
        var number = 1
        while self.scopes.contains(where: { $0.names(alias) }) {
            number += 1
            alias = "\(wish)_\(number)"
        }
        return alias
    }

    private mutating func alias(of table: TableReference, in index: Int) -> String {
        if let alias = self.scopes[index].alias(of: table) { return alias }
        guard let (origin, step) = table.last else { return table.table }
        let outer = self.alias(of: origin, in: index)
        let alias = self.alias(table.path.map(\.name).joined(separator: "_"))
        self.scopes[index].add(table, as: alias)
        let kind = table.isOptional ? " LEFT JOIN " : " JOIN "
        self.scopes[index].joins += """
            \(kind)\(step.target.quotedName) AS \(alias.quotedName) \
            ON \(alias.quotedName).\(step.targetColumn.quotedName) = \(outer.quotedName).\(step.column.quotedName)
            """
        return alias
    }

    /// Writes a query for a column of another table, where nothing can be joined.
    private mutating func look(up column: String, by step: TableReference.Step, from origin: TableReference) {
        let alias = self.alias(step.name)
        self.scopes.append(StatementScope())
        self.scopes[self.scopes.count - 1].add(TableReference(step.target), as: alias)
        self.text += """
            (SELECT \(alias.quotedName).\(column.quotedName) FROM \(step.target.quotedName) AS \(alias.quotedName) \
            WHERE \(alias.quotedName).\(step.targetColumn.quotedName)
            """
        self.text += " = "
        self.write(step.column, of: origin)
        self.text += ")"
        self.scopes.removeLast()
    }
}

extension TableReference.Step {
    /// What the joined table is called after: `customer_id` leads to `customer`.
    var name: String {
        self.column.hasSuffix("_id") && self.column.utf8.count > 3 ? String(self.column.dropLast(3)) : self.column
    }
}
