// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A database as `Database` uses it: what SQLite and PostgreSQL each do in their own way.
package protocol DatabaseDriver: Sendable {
    var dialect: Dialect { get }

    /// Runs one statement by itself and reads its rows, on the caller's own thread.
    ///
    /// - Returns: How many rows were changed.
    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int

    /// Begins a transaction on a connection of its own.
    func begin(_ options: TransactionOptions) async throws -> any DatabaseTransaction

    /// Runs a statement whose rows are fetched as they are wanted.
    func cursor(_ statement: Statement) async throws -> any DatabaseCursor

    /// Waits for what runs, and closes all connections.
    func close() async
}

/// A connection from `BEGIN` to `COMMIT` or `ROLLBACK`.
package protocol DatabaseTransaction: Sendable {
    /// Runs a statement in the transaction, as `DatabaseDriver.run` does.
    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int

    /// Inserts rows, each of which `write` writes, in the fastest way that there is.
    func insert(
        into table: Table,
        columns: [TableColumn],
        count: Int,
        write: @escaping @Sendable (_ row: Int, _ values: inout RowWriter) -> Void
    ) async throws

    /// Runs a statement whose rows are fetched as they are wanted, before the end of the transaction.
    func cursor(_ statement: Statement) async throws -> any DatabaseCursor

    /// Makes the changes last; after an error they are undone.
    func commit() async throws

    /// Undoes the changes; a connection that cannot do it is given up.
    func rollback() async
}

/// The rows of a statement, fetched as they are wanted.
package protocol DatabaseCursor: Sendable {
    /// Reads some more rows.
    ///
    /// - Returns: Whether there was any.
    func next(each row: (inout RowReader) throws -> Void) async throws -> Bool

    /// Gives up the rest; to call it after the end, or twice, does no harm.
    func close() async
}
