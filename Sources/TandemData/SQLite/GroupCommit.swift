// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A statement that waits to be written.
struct PendingWrite: Sendable {
    let statement: Statement
    /// Whether it cannot be in a transaction.
    let isAlone: Bool
    let interruption: SQLiteInterruption
    let continuation: CheckedContinuation<SQLiteResult, any Error>

    init(
        _ statement: Statement,
        isAlone: Bool,
        _ interruption: SQLiteInterruption,
        _ continuation: CheckedContinuation<SQLiteResult, any Error>
    ) {
        self.statement = statement
        self.isAlone = isAlone
        self.interruption = interruption
        self.continuation = continuation
    }
}

/// Statements of several callers in one transaction, each with its own outcome.
enum GroupCommit {
    typealias Outcome = Result<SQLiteResult, any Error>

    /// Runs all; nobody is told before all that succeeded are on the disk.
    ///
    /// SQLite undoes a statement that fails, and no more. Where it undoes the whole transaction (a full disk, a
    /// statement that says `OR ROLLBACK` or is interrupted), or where the commit fails, nothing has been
    /// acknowledged: then each is run by itself, so that only those hear of it whose fault it is.
    static func run(_ writes: [PendingWrite], on connection: SQLiteConnection) -> [Outcome] {
        let together = writes.indices.filter { !writes[$0].isAlone }
        var outcomes: [Outcome?] = Array(repeating: nil, count: writes.count)
        if together.count > 1, let committed = self.commit(together.map { writes[$0] }, on: connection) {
            for (index, outcome) in zip(together, committed) { outcomes[index] = outcome }
        }
        return zip(writes, outcomes).map { write, outcome in outcome ?? self.run(write, on: connection) }
    }

    /// The outcomes of one transaction; nil where there was none.
    private static func commit(_ writes: [PendingWrite], on connection: SQLiteConnection) -> [Outcome]? {
        do { try connection.execute("BEGIN IMMEDIATE") } catch { return writes.map { _ in .failure(error) } }
        var outcomes: [Outcome] = []
        for write in writes {
            outcomes.append(self.run(write, on: connection))
            if connection.isAutocommit { return nil }
        }
        do { try connection.execute("COMMIT") } catch {
            connection.rollback()
            return nil
        }
        return outcomes
    }

    private static func run(_ write: PendingWrite, on connection: SQLiteConnection) -> Outcome {
        Outcome {
            if write.interruption.isSet { throw CancellationError() }
            return try connection.watching(write.interruption) { try connection.run(write.statement) }
        }
    }
}
