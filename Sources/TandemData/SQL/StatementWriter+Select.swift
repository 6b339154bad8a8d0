// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension StatementWriter {
    /// Writes a query, without parentheses.
    mutating func write(_ select: SelectStatement) {
        self.scopes.append(StatementScope())
        let index = self.scopes.count - 1
        let source = self.part { $0.writeSource(of: select) }
        let links = self.part { writer in
            for link in select.links where link.only.map({ $0 == writer.dialect }) ?? true { writer.write(link) }
        }
        let columns = self.part { $0.write(select.columns, separator: ", ") }
        let rest = self.part { writer in
            writer.writeConditions(select.conditions, after: " WHERE ")
            writer.writeList(select.groups, after: " GROUP BY ")
            writer.writeConditions(select.having, after: " HAVING ")
            let order = select.order.isEmpty ? select.ranking : select.order
            writer.writeList(order.map(\.sql), after: " ORDER BY ")
            writer.writeBounds(select)
            writer.writeLock(select)
        }
        let joins = self.scopes[index].joins
        self.scopes.removeLast()
        self.text += select.isDistinct ? "SELECT DISTINCT " : "SELECT "
        self.text += columns
        self.text += " FROM "
        self.text += source
        self.text += links
        self.text += joins
        self.text += rest
    }

    private mutating func writeSource(of select: SelectStatement) {
        let alias = self.alias(select.table.table)
        self.scopes[self.scopes.count - 1].add(select.table, as: alias)
        switch select.source {
        case .table:
            self.write(name: select.table.table)
            if alias != select.table.table { self.text += " AS \(alias.quotedName)" }
        case .named(let query):
            self.text += self.name(of: query).quotedName
            self.text += " AS \(alias.quotedName)"
        case .combined(let sql):
            // It sees nothing of the queries around it.
            let outer = self.scopes
            self.scopes = []
            self.text += "("
            self.write(sql)
            self.text += ") AS \(alias.quotedName)"
            self.scopes = outer
        }
    }

    /// Writes a table that is joined by a condition of its own.
    private mutating func write(_ link: SelectStatement.Link) {
        let alias = self.alias(link.table.table)
        self.scopes[self.scopes.count - 1].add(link.table, as: alias)
        self.text += " JOIN \(link.table.table.quotedName)"
        if alias != link.table.table { self.text += " AS \(alias.quotedName)" }
        self.text += " ON "
        self.write(link.condition)
    }

    mutating func writeConditions(_ conditions: [SQL], after keyword: String) {
        guard !conditions.isEmpty else { return }
        self.text += keyword
        self.write(conditions, separator: " AND ")
    }

    private mutating func writeList(_ list: [SQL], after keyword: String) {
        guard !list.isEmpty else { return }
        self.text += keyword
        self.write(list, separator: ", ")
    }

    private mutating func writeBounds(_ select: SelectStatement) {
        if let limit = select.limit {
            self.write([.text(" LIMIT "), .value(.integer(Int64(max(limit, 0))))])
        } else if select.offset > 0, self.dialect == .sqlite {
            self.text += " LIMIT -1"
        }
        if select.offset > 0 { self.write([.text(" OFFSET "), .value(.integer(Int64(select.offset)))]) }
    }

    private mutating func write(_ parts: [SQL.Part]) { self.write(SQL(parts)) }

    private mutating func writeLock(_ select: SelectStatement) {
        guard let lock = select.lock, self.dialect == .postgreSQL, let scope = self.scopes.last else { return }
        let alias = scope.alias(of: select.table) ?? select.table.table
        self.text += " \(lock.strength.rawValue) OF \(alias.quotedName)\(lock.waiting.rawValue)"
    }
}
