// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A database that is opened when it is first asked for anything, or by `open()`: an application that only lists its
/// routes needs none.
final class OpenedOnUse: DatabaseDriver {
    let dialect: Dialect
    private let make: @Sendable () async throws -> any DatabaseDriver
    private let gate = Gate()
    private let state = Mutex(State.unopened)

    private enum State {
        case unopened
        case open(any DatabaseDriver)
        case closed
    }

    init(_ dialect: Dialect, make: @escaping @Sendable () async throws -> any DatabaseDriver) {
        self.dialect = dialect
        self.make = make
    }

    private func opened() throws(DatabaseError) -> (any DatabaseDriver)? {
        switch self.state.withLock({ $0 }) {
        case .unopened: return nil
        case .open(let driver): return driver
        case .closed: throw DatabaseError(.closed, "The database was closed.")
        }
    }

    /// The driver, opened by the first who asks.
    func open() async throws -> any DatabaseDriver {
        if let driver = try self.opened() { return driver }
        return try await self.gate.run {
            if let driver = try self.opened() { return driver }
            let driver = try await self.make()
            self.state.withLock { $0 = .open(driver) }
            return driver
        }
    }

    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        let driver = if let driver = try self.opened() { driver } else { try await self.open() }
        return try await driver.run(statement, each: row)
    }

    func begin(_ options: TransactionOptions) async throws -> any DatabaseTransaction {
        try await self.open().begin(options)
    }

    func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        try await self.open().cursor(statement)
    }

    func close() async {
        await self.gate.run {
            let driver = try? self.opened()
            self.state.withLock { $0 = .closed }
            await driver?.close()
        }
    }
}
