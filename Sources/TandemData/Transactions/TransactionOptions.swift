// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How a transaction runs.
public struct TransactionOptions: Hashable, Sendable {
    /// What it sees of others; what the database does by itself where this is nil.
    public var isolation: Isolation?
    /// Whether it changes nothing; on SQLite it then waits for no writer.
    public var isReadOnly: Bool
    /// How often it is run once more where others got in its way.
    public var retries: Int
    /// Whether foreign keys do nothing until the commit, which checks all of them: for SQLite's tables built anew.
    ///
    /// PostgreSQL needs no such thing.
    package var rebuildsTables = false

    /// Options; by themselves read and write, with three retries.
    public init(isolation: Isolation? = nil, isReadOnly: Bool = false, retries: Int = 3) {
        self.isolation = isolation
        self.isReadOnly = isReadOnly
        self.retries = retries
    }

    /// What a transaction sees of others that run beside it.
    ///
    /// SQLite's are always serializable.
    public enum Isolation: String, Hashable, Sendable {
        case readCommitted = "READ COMMITTED"
        case repeatableRead = "REPEATABLE READ"
        case serializable = "SERIALIZABLE"
    }
}
