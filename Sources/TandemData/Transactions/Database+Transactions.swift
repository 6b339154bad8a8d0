// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// Runs a closure whose changes are made all together or, where it throws, not at all.
    ///
    /// Within another transaction it is a savepoint of it. Where others got in the way, the whole closure is run again,
    /// so it should do nothing but work with the database; leave the rest to `afterCommit`. Work of a group's tasks is
    /// part of the transaction too, one statement at a time.
    /// ```swift
    /// let order = try await db.transaction { db in
    ///     let order = try await db.insert(Order.Draft(customerID: customer))
    ///     try await db.update(Stock.self).set(\.count) { $0.count - 1 }.where { $0.item == item }.run()
    ///     return order
    /// }
    /// ```
    /// - Parameters:
    ///   - options: How it runs; a savepoint runs as the transaction around it does.
    ///   - body: What to do; the database it gets is the transaction.
    /// - Returns: What the closure returned.
    /// - Throws: What the closure throws, and `DatabaseError`.
    public func transaction<Result: Sendable>(
        _ options: TransactionOptions = TransactionOptions(),
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        if let scope = self.openScope { return try await scope.nested(body) }
        var backOff = BackOff(retries: options.retries)
        while true {
            do {
                return try await self.attempt(options, body)
            } catch let error as DatabaseError where error.canBeRetried && backOff.isNext {
                try await backOff.wait()
            }
        }
    }

    private func attempt<Result: Sendable>(
        _ options: TransactionOptions,
        _ body: (Database) async throws -> Result
    ) async throws -> Result {
        let transaction = try await self.core.driver.begin(options)
        let scope = TransactionScope(transaction, of: self.core)
        let result: Result
        let effects: CommitEffects
        do {
            result = try await scope.enter(body)
            effects = scope.close()
            try await transaction.commit()
        } catch {
            _ = scope.close()
            await transaction.rollback()
            throw error
        }
        self.core.changes.publish(effects.changes)
        for hook in effects.hooks { await hook() }
        return result
    }

    /// Has a closure run once the transaction that this is called in is committed, and not where it is undone; outside
    /// of one, at once.
    public func afterCommit(_ hook: @escaping @Sendable () async -> Void) async {
        guard let scope = self.openScope else { return await hook() }
        scope.add { $0.hooks.append(hook) }
    }
}

extension DatabaseError {
    /// Whether the same transaction may succeed when it is run again.
    var canBeRetried: Bool { self.code == .serializationFailure || self.code == .busy }
}

/// How long to wait before each new attempt: twice as long each time, by chance up to half longer.
struct BackOff {
    private var attempt = 0
    private let retries: Int

    init(retries: Int) {
        self.retries = retries
    }

    /// Whether there is one more attempt.
    var isNext: Bool { self.attempt < self.retries }

    mutating func wait() async throws {
        let milliseconds = Double(5 << min(self.attempt, 8)) * Double.random(in: 1...1.5)
        self.attempt += 1
        try await Task.sleep(for: .milliseconds(milliseconds))
    }
}
