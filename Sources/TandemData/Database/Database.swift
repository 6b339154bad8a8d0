// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A database, or a transaction in it: what models are read from and written to.
///
/// ```swift
/// let db = try Database(url: "sqlite:depot.sqlite")
/// let ticket = try await db.find(Ticket.self, 7)
/// ```
/// Copies are the same database. What is called within the closure of `transaction` is part of that transaction, with
/// whichever copy it is called.
public struct Database: Sendable {
    /// What all copies share.
    let core: Core
    /// The transaction that this copy was given to the closure of.
    let scope: TransactionScope?
    /// Whether no read goes to a replica.
    private var isFresh = false

    package init(_ driver: any DatabaseDriver) {
        self.core = Core(driver)
        self.scope = nil
    }

    init(_ core: Core, in scope: TransactionScope) {
        self.core = core
        self.scope = scope
    }

    /// The SQL that it speaks.
    public var dialect: Dialect { self.core.driver.dialect }

    /// The same database, which reads nothing from a replica: for what has to see a write that came just before.
    ///
    /// ```swift
    /// let order = try await db.primary.find(Order.self, id)
    /// ```
    /// Transactions and SQL by hand are on the primary anyway; without replicas, and on SQLite, this changes nothing.
    public var primary: Database {
        var database = self
        database.isFresh = true
        return database
    }

    /// What it is connected by.
    package var driver: any DatabaseDriver { self.core.driver }

    /// Waits for what runs, and closes all connections; what is called afterwards throws `closed`.
    public func close() async {
        await self.core.driver.close()
        self.core.changes.end()
    }

    final class Core: Sendable {
        let driver: any DatabaseDriver
        let changes = ChangeHub()

        init(_ driver: any DatabaseDriver) {
            self.driver = driver
        }
    }
}

// MARK: - Running statements

extension Database {
    /// Runs a statement, in the transaction that this is part of or by itself, and reads its rows.
    ///
    /// - Returns: How many rows were changed.
    /// - Throws: `DatabaseError`, and what `row` throws.
    @discardableResult
    package func run(
        _ statement: Statement,
        each row: (inout RowReader) throws -> Void = { _ in }
    ) async throws -> Int {
        guard let scope = self.openScope else {
            return try await self.core.driver.run(self.isFresh ? statement.onPrimary : statement, each: row)
        }
        return try await scope.run(statement, each: row)
    }

    /// Runs a statement whose rows are fetched as they are wanted.
    package func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        guard let scope = self.openScope else { return try await self.core.driver.cursor(statement) }
        return try await scope.cursor(statement)
    }

    /// The transaction that a call now is part of: the innermost of this task, or the one of this copy.
    var openScope: TransactionScope? {
        let current = TransactionScope.current
        if self.scope == nil, current == nil { return nil }
        return TransactionScope.innermost(of: current, in: self.core, or: self.scope)
    }
}
