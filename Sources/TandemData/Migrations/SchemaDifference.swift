// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The way from some tables to others.
struct SchemaDifference {
    /// What to do, in an order in which each step can be done.
    private(set) var operations: [MigrationOperation] = []
    private var state: SchemaState
    private let target: SchemaState
    private let answers: MigrationAnswers

    /// Finds the way.
    ///
    /// - Throws: `DatabaseError` that says which answers are missing, or what cannot be done.
    init(from state: SchemaState, to target: SchemaState, answers: MigrationAnswers = MigrationAnswers()) throws {
        self.state = state
        self.target = target
        self.answers = answers
        try answers.requireUse(of: state)
        try self.renameTables()
        try self.createTables()
        for table in target.sorted {
            guard let old = self.state.tables[table.name] else { continue }
            var difference = TableDifference(from: old, to: table, answers: answers)
            try self.add(difference.find())
        }
        try self.dropTables()
    }

    /// Whether two states have the same tables, in whatever order their columns stand.
    static func isNone(between state: SchemaState, and target: SchemaState) -> Bool {
        (try? SchemaDifference(from: state, to: target, answers: .renamingNothing(in: state)))?.operations.isEmpty
            ?? false
    }

    private mutating func add(_ operations: [MigrationOperation]) throws(DatabaseError) {
        try self.state.apply(operations)
        self.operations += operations
    }

    private mutating func renameTables() throws {
        for table in self.state.sorted where self.target.tables[table.name] == nil {
            let added = self.target.sorted.filter { self.state.tables[$0.name] == nil }
            let isTold = self.answers.renames[table.name] != nil
            let candidates = added.filter { isTold || table.resembles($0) }.map(\.name)
            guard !candidates.isEmpty || isTold else { continue }
            guard let name = try self.answers.newName(of: table.name, candidates: candidates) else { continue }
            try self.add([.renameTable(table.name, to: name)])
        }
    }

    private mutating func createTables() throws(DatabaseError) {
        let added = self.target.sorted.filter { self.state.tables[$0.name] == nil }
        try self.add(added.sortedByReference.map(MigrationOperation.createTable))
    }

    private mutating func dropTables() throws(DatabaseError) {
        let gone = self.state.sorted.filter { self.target.tables[$0.name] == nil }
        try self.add(gone.sortedByReference.reversed().map { .dropTable($0.name) })
    }
}

extension [Table] {
    /// The tables, each behind those that it refers to, but where they refer to each other in a circle.
    var sortedByReference: [Table] {
        var sorted: [Table] = []
        var rest = self
        while !rest.isEmpty {
            let names = Set(rest.map(\.name))
            let next = rest.firstIndex { table in
                table.columns.allSatisfy { column in
                    column.reference.map { $0.table == table.name || !names.contains($0.table) } ?? true
                }
            }
            sorted.append(rest.remove(at: next ?? 0))
        }
        return sorted
    }
}

extension Table {
    /// Whether half of the columns are alike.
    func resembles(_ other: Table) -> Bool {
        let alike = self.columns.count { column in other.column(column.name)?.type == column.type }
        return alike * 2 >= Swift.max(self.columns.count, other.columns.count)
    }
}
