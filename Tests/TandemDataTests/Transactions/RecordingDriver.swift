// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import TandemData

/// Does nothing but write down what it is asked for; fails where it is told to.
final class RecordingDriver: DatabaseDriver, DatabaseTransaction {
    let dialect = Dialect.sqlite
    private let state = Mutex(State())

    private struct State {
        var lines: [String] = []
        var failures: [String: [DatabaseError]] = [:]
    }

    var lines: [String] { self.state.withLock { $0.lines } }

    /// Has the next of such calls fail.
    func fail(_ line: String, _ error: DatabaseError) {
        self.state.withLock { $0.failures[line, default: []].append(error) }
    }

    private func record(_ line: String) throws {
        let failure: DatabaseError? = self.state.withLock { state in
            state.lines.append(line)
            guard state.failures[line]?.isEmpty == false else { return nil }
            return state.failures[line]?.removeFirst()
        }
        if let failure { throw failure }
    }

    func run(_ statement: Statement, each row: (inout RowReader) throws -> Void) async throws -> Int {
        try self.record(statement.text)
        await Task.yield()
        return 1
    }

    func begin(_ options: TransactionOptions) async throws -> any DatabaseTransaction {
        try self.record("BEGIN")
        return self
    }

    func insert(
        into table: Table,
        columns: [TableColumn],
        count: Int,
        write: @escaping @Sendable (Int, inout RowWriter) -> Void
    ) async throws {
        try self.record("INSERT \(count)")
    }

    func cursor(_ statement: Statement) async throws -> any DatabaseCursor {
        throw DatabaseError(.other, "There is no cursor here.")
    }

    func commit() async throws { try self.record("COMMIT") }

    func rollback() async { try? self.record("ROLLBACK") }

    func close() async { try? self.record("CLOSE") }
}
