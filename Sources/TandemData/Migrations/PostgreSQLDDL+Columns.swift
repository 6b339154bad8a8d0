// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension PostgreSQLDDL {
    mutating func add(_ column: TableColumn, to table: String, _ fill: ColumnFill?) {
        var added = column
        let name = column.name.quotedName
        let isComputed = column.generated != nil || column.isCounted
        let value = isComputed ? nil : Dialect.postgreSQL.fill(fill, of: column)
        if value == nil, !column.isOptional, !isComputed {
            self.actions.append(.requireFill(of: column.name, in: table))
        }
        // Rows that are there get the value by themselves where it is the default meanwhile; a formula needs the row.
        switch fill {
        case .value(let value): added.defaultValue = value
        case .formula: added.isOptional = true
        case nil: break
        }
        self.alter(table, "ADD COLUMN \(added.postgreSQLDefinition)")
        if case .formula = fill, let value {
            self.add("UPDATE \(table.quotedName) SET \(name) = \(value)")
            if !column.isOptional { self.alter(table, "ALTER COLUMN \(name) SET NOT NULL") }
        }
        if added.defaultValue != column.defaultValue { self.setDefault(of: column, in: table) }
        if column.reference != nil { self.waiting.append(Waiting(table: table, column: column.name)) }
        self.comment(on: column, of: table)
    }

    mutating func rename(column old: String, of name: String, to new: String) throws(DatabaseError) {
        let table = try self.state.table(name)
        var renamed = table
        renamed.rename(column: old, to: new)
        self.alter(name, "RENAME COLUMN \(old.quotedName) TO \(new.quotedName)")
        for (before, after) in zip(table.columns, renamed.columns) {
            if before.name != after.name, before.reference != nil {
                self.rename(
                    constraint: before.referenceName(of: name),
                    to: after.referenceName(of: name),
                    of: name
                )
            }
            if before.generated != after.generated { self.comment(on: after, of: name) }
        }
        for (before, after) in zip(table.checks, renamed.checks) where before != after {
            self.comment(on: after, of: name)
        }
        if table.searched != renamed.searched { self.commentOnSearch(of: renamed) }
        for index in self.waiting.indices where self.waiting[index] == Waiting(table: name, column: old) {
            self.waiting[index].column = new
        }
    }

    mutating func change(_ column: TableColumn, of name: String, _ fill: ColumnFill?) throws(DatabaseError) {
        let table = try self.state.table(name)
        let old = try self.state.column(column.name, of: name)
        if column.generated != old.generated, column.generated != nil {
            return self.replace(old, by: column, of: table)
        }
        let isOfOtherType = column.type != old.type
        let dependents = isOfOtherType ? table.columns.filter { $0.isComputed(by: column.name) } : []
        let checks = isOfOtherType ? table.checks(of: [column] + dependents) : []
        let isSearched = isOfOtherType && table.searched.contains(column.name)
        // PostgreSQL keeps a rule for the types that it was made for.
        for check in checks { self.alter(name, "DROP CONSTRAINT \(check.name.quotedName)") }
        for dependent in dependents { self.alter(name, "DROP COLUMN \(dependent.name.quotedName)") }
        if isSearched { self.endSearch(of: table) }
        if isOfOtherType { self.suspendReferences(to: name, column: column.name) }
        if old.reference != nil, isOfOtherType || old.reference != column.reference {
            self.dropReference(of: old, in: name)
        }
        try self.alter(old, to: column, of: name, fill)
        if column.reference != nil, isOfOtherType || old.reference != column.reference {
            self.waiting.append(Waiting(table: name, column: column.name))
        }
        self.readd(dependents, checks, to: table)
        if isSearched { self.beginSearch(of: table) }
    }

    /// Changes what can be changed in place.
    private mutating func alter(
        _ old: TableColumn,
        to column: TableColumn,
        of table: String,
        _ fill: ColumnFill?
    ) throws(DatabaseError) {
        let name = column.name.quotedName
        var standing = old.defaultValue
        if old.generated != nil, column.generated == nil { self.alter(table, "ALTER COLUMN \(name) DROP EXPRESSION") }
        if old.isCounted, !column.isCounted { self.alter(table, "ALTER COLUMN \(name) DROP IDENTITY") }
        if column.type != old.type {
            guard let value = ColumnConversion(old: old.type, type: column.type).sql(name, .postgreSQL) else {
                throw .inconvertible(column, of: table, from: old.type)
            }
            if old.defaultValue != nil { self.alter(table, "ALTER COLUMN \(name) DROP DEFAULT") }
            standing = nil
            self.alter(table, "ALTER COLUMN \(name) TYPE \(column.type.postgreSQLName) USING \(value)")
        }
        if old.isOptional, !column.isOptional {
            if let value = Dialect.postgreSQL.fill(fill, of: column) {
                self.add("UPDATE \(table.quotedName) SET \(name) = \(value) WHERE \(name) IS NULL")
            }
            self.alter(table, "ALTER COLUMN \(name) SET NOT NULL")
        } else if !old.isOptional, column.isOptional {
            self.alter(table, "ALTER COLUMN \(name) DROP NOT NULL")
        }
        if standing != column.defaultValue, !column.isCounted {
            self.setDefault(of: column, in: table)
        }
        if column.isCounted, !old.isCounted {
            self.alter(table, "ALTER COLUMN \(name) ADD GENERATED BY DEFAULT AS IDENTITY")
            let sequence =
                "pg_get_serial_sequence(\(table.quotedName.quotedSQLString), \(column.name.quotedSQLString))"
            self.add("SELECT setval(\(sequence), coalesce(max(\(name)), 0) + 1, false) FROM \(table.quotedName)")
        }
    }

    private mutating func setDefault(of column: TableColumn, in table: String) {
        let name = column.name.quotedName
        if let value = column.defaultValue {
            let literal = Dialect.postgreSQL.literal(value, as: column.type)
            self.alter(table, "ALTER COLUMN \(name) SET DEFAULT \(literal)")
        } else if column.generated == nil {
            self.alter(table, "ALTER COLUMN \(name) DROP DEFAULT")
        }
    }

    /// A column that gets another formula is made anew: PostgreSQL computes it for every row anyway.
    private mutating func replace(_ old: TableColumn, by column: TableColumn, of table: Table) {
        if old.reference != nil { self.dropReference(of: old, in: table.name) }
        self.alter(table.name, "DROP COLUMN \(old.name.quotedName)")
        self.readd([column], table.checks(of: [column]), to: table)
        if column.reference != nil { self.waiting.append(Waiting(table: table.name, column: column.name)) }
    }

    /// Adds computed columns and checks once more, and the indexes that went with the columns.
    private mutating func readd(_ columns: [TableColumn], _ checks: [TableCheck], to table: Table) {
        for column in columns {
            self.alter(table.name, "ADD COLUMN \(column.postgreSQLDefinition)")
            self.comment(on: column, of: table.name)
        }
        for index in table.indexes where columns.contains(where: { index.columns.contains($0.name) }) {
            self.add(index.creation(on: table.name))
        }
        for check in checks {
            self.alter(table.name, "ADD \(check.clause)")
            self.comment(on: check, of: table.name)
        }
    }
}

extension Table {
    /// The rules that speak of one of some columns.
    fileprivate func checks(of columns: [TableColumn]) -> [TableCheck] {
        self.checks.filter { check in columns.contains { check.rule.mentionsSQLColumn($0.name) } }
    }
}

extension TableColumn {
    /// Whether the database computes it, and by that column among others.
    fileprivate func isComputed(by column: String) -> Bool {
        self.name != column && self.generated?.mentionsSQLColumn(column) == true
    }

    /// The name of the reference's constraint.
    func referenceName(of table: String) -> String { "\(table)_\(self.name)_fkey".databaseName }

    /// The column within `CREATE TABLE` or behind `ADD COLUMN`, but its reference.
    var postgreSQLDefinition: String {
        var text = "\(self.name.quotedName) \(self.type.postgreSQLName)"
        if !self.isOptional { text += " NOT NULL" }
        if self.isCounted { text += " GENERATED BY DEFAULT AS IDENTITY" }
        if let value = self.defaultValue { text += " DEFAULT \(Dialect.postgreSQL.literal(value, as: self.type))" }
        if let formula = self.generated { text += " GENERATED ALWAYS AS (\(formula)) STORED" }
        return text
    }

    /// The reference behind the definition.
    func postgreSQLReference(of table: String) -> String {
        self.reference.map { " CONSTRAINT \(self.referenceName(of: table).quotedName) \($0.clause)" } ?? ""
    }
}
