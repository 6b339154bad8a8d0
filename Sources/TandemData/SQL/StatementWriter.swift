// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Puts pieces of SQL together into a statement: numbers the values, names the tables, joins those that are reached.
///
/// Values are numbered as they come, so the parts of a statement can be written in any order; what the `FROM` of a
/// query must join is known once all the rest of it is written.
struct StatementWriter {
    let dialect: Dialect
    /// What has been written of the part that is being written.
    var text = ""
    private(set) var values: [SQLValue] = []
    /// The queries around the place that is being written, the innermost last.
    var scopes: [StatementScope] = []
    /// The queries that the statement begins with, after `WITH`.
    var withClauses: [WithClause] = []
    private var problem: DatabaseError?

    init(_ dialect: Dialect) {
        self.dialect = dialect
        self.text.reserveCapacity(256)
    }

    /// The statement, for a driver.
    ///
    /// - Throws: Where a value has no form in a database, or a column's table is not there.
    func statement(_ access: Statement.Access) throws(DatabaseError) -> Statement {
        if let problem = self.problem { throw problem }
        return Statement(self.withText + self.text, self.values, access: access)
    }

    mutating func fail(_ code: DatabaseError.Code, _ message: String) {
        if self.problem == nil { self.problem = DatabaseError(code, message) }
    }

    mutating func write(_ sql: SQL) {
        for part in sql.parts {
            switch part {
            case .text(let text): self.text += text
            case .name(let name): self.write(name: name)
            case .value(let value): self.write(value)
            case .column(let table, let name): self.write(name, of: table)
            case .columns(let table, let model): self.write(model, of: table)
            case .dialect(let make): self.write(make(self.dialect))
            case .query(let select): self.write(select)
            }
        }
    }

    mutating func write(name: String) {
        guard !name.utf8.contains(UInt8(ascii: "\"")) else { return self.text += name.quotedName }
        self.text += "\""
        self.text += name
        self.text += "\""
    }

    private mutating func write(_ value: SQLValue) {
        if case .invalid(let reason) = value { self.fail(.invalidValue, reason) }
        self.values.append(value)
        self.text += self.dialect.placeholder
        self.text += String(self.values.count)
    }

    /// Writes pieces with a text between each two.
    mutating func write(_ list: [SQL], separator: String) {
        for (index, sql) in list.enumerated() {
            if index > 0 { self.text += separator }
            self.write(sql)
        }
    }

    /// Writes a part of a statement for itself.
    mutating func part(_ write: (inout StatementWriter) -> Void) -> String {
        let outer = self.text
        self.text = ""
        write(&self)
        let part = self.text
        self.text = outer
        return part
    }
}

extension SQL {
    /// A statement that begins with no table of a model.
    func statement(_ dialect: Dialect, _ access: Statement.Access) throws(DatabaseError) -> Statement {
        var writer = StatementWriter(dialect)
        writer.write(self)
        return try writer.statement(access)
    }
}
