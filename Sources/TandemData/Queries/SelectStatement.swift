// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A query, without the types of its rows.
struct SelectStatement: Sendable {
    /// The table that it is about.
    let table: TableReference
    var source = Source.table
    /// Tables that are joined by a condition of their own.
    var links: [Link] = []
    var columns: [SQL]
    var conditions: [SQL] = []
    var groups: [SQL] = []
    var having: [SQL] = []
    var order: [OrderTerm] = []
    /// The order where no other is said.
    var ranking: [OrderTerm] = []
    var limit: Int?
    var offset = 0
    var isDistinct = false
    var lock: RowLock?

    init(_ model: ModelText) {
        self.table = TableReference(model.table)
        self.columns = [SQL([.columns(self.table, model)])]
    }

    /// Where the rows come from.
    enum Source: Sendable {
        /// The table itself.
        case table
        /// A query before the statement, which has the columns of the table.
        case named(Named)
        /// Other queries, which have the columns of the table.
        case combined(SQL)
    }

    /// A query that is written before the statement, and its name.
    struct Named: Sendable {
        let table: TableReference
        let name: String
        let query: SQL
        let isRecursive: Bool
    }

    /// A table that is joined by a condition.
    struct Link: Sendable {
        let table: TableReference
        let condition: SQL
        /// The one database that it is for.
        var only: Dialect?
    }

    /// Whether it has one row for each row of its table that its conditions are true of, and no other.
    var isPlain: Bool {
        self.groups.isEmpty && self.having.isEmpty && self.limit == nil && self.offset == 0 && !self.isDistinct
    }

    func statement(_ dialect: Dialect) throws(DatabaseError) -> Statement {
        var writer = StatementWriter(dialect)
        writer.write(self)
        // A lock is a write, for whoever chooses between connections.
        return try writer.statement(self.lock == nil ? .read : .write)
    }

    /// The same query for how many rows it has.
    var counting: SelectStatement {
        var inner = self
        inner.lock = nil
        guard !self.isPlain else {
            inner.order = []
            inner.ranking = []
            inner.columns = ["COUNT(*)"]
            return inner
        }
        if !self.isDistinct { inner.columns = ["1 AS \"row\""] }
        var outer = SelectStatement(counting: inner)
        outer.columns = ["COUNT(*)"]
        return outer
    }

    private init(counting inner: SelectStatement) {
        self.table = TableReference(inner.table.table)
        self.source = .combined(SQL([.query(inner)]))
        self.columns = []
    }
}
