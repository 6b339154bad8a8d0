// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// What is changed from now on in a model's rows through this database, each change once it is committed.
    ///
    /// Changes by raw SQL, by cascades and by other processes are not seen.
    /// ```swift
    /// for await change in db.changes(of: Ticket.self) { … }
    /// ```
    /// - Parameters:
    ///   - model: The model.
    ///   - limit: How many changes may wait to be read; more become one `several`.
    /// - Returns: The changes, in the order of the commits.
    public func changes<M: Model>(of model: M.Type, waiting limit: Int = 1_000) -> ModelChanges<M> {
        ModelChanges(of: self.core.changes, waiting: limit)
    }

    /// Whether anybody wants to know which rows of a table change.
    package func observes(_ table: String) -> Bool { self.core.changes.isObserved(table) }

    /// Tells of changes once they are committed: now, or at the end of the transaction.
    package func note(_ changes: [RowChange]) {
        guard let scope = self.openScope else { return self.core.changes.publish(changes) }
        scope.add { $0.changes += changes }
    }
}
