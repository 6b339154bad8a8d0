// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How rows that are read are kept from others until the transaction ends.
///
/// On SQLite nothing is needed and nothing is done: a transaction that writes is alone.
public struct RowLock: Hashable, Sendable {
    /// What others may not do.
    public var strength: Strength
    /// What becomes of rows that others have locked.
    public var waiting: Waiting

    /// A lock from its parts.
    public init(_ strength: Strength, _ waiting: Waiting = .wait) {
        self.strength = strength
        self.waiting = waiting
    }

    /// What others may not do with locked rows.
    public enum Strength: String, Hashable, Sendable {
        /// Change or lock them.
        case forUpdate = "FOR UPDATE"
        /// Change them; they may refer to them.
        case forNoKeyUpdate = "FOR NO KEY UPDATE"
        /// Change them; they may lock them in the same way.
        case forShare = "FOR SHARE"
    }

    /// What becomes of rows that others have locked.
    public enum Waiting: String, Hashable, Sendable {
        /// The query waits for them.
        case wait = ""
        /// The query leaves them out.
        case skipLocked = " SKIP LOCKED"
        /// The query throws `busy`.
        case noWait = " NOWAIT"
    }
}

extension Select {
    /// Locks the rows until the transaction ends: `.locked(.forUpdate, .skipLocked)` takes jobs that nobody else has.
    public func locked(_ strength: RowLock.Strength, _ waiting: RowLock.Waiting = .wait) -> Select {
        self.changed { $0.lock = RowLock(strength, waiting) }
    }
}
