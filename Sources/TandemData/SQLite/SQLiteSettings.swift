// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// How an SQLite database is opened and used.
public struct SQLiteSettings: Hashable, Sendable {
    /// What an acknowledged write survives. Power failures.
    public var durability: Durability = .power
    /// How long to wait for another process that holds the database's lock; then the error is `database-busy`. 5 s.
    public var busyTimeout: Duration = .seconds(5)
    /// How long a caller waits for its turn to write, or for a connection; then the error is `pool-exhausted`. 30 s.
    public var waitTimeout: Duration = .seconds(30)
    /// The most connections for short reads. Twice the processors, at least 4.
    public var readers: Int = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)
    /// The most connections for what takes long: long reads, cursors and read-only transactions, each of which holds
    /// one. Four times the processors, at least 16.
    public var heldReaders: Int = max(16, 4 * ProcessInfo.processInfo.activeProcessorCount)
    /// The steps of SQLite's virtual machine after which a read leaves the caller's thread and is begun again on one
    /// of the driver's, so that it holds up no event loop. 50,000, about a millisecond.
    public var inlineSteps: Int = 50_000
    /// The statements that each connection keeps prepared. 256.
    public var keptStatements: Int = 256
    /// The bytes of pages that each connection keeps in memory. 16 MiB.
    public var cacheSize: Int = 16 << 20
    /// The bytes of the file that are mapped into memory. None: where the file is mapped, a disk's error or another
    /// process that shortens the file ends the process.
    public var mappedSize: Int = 0
    /// The bytes that the write-ahead log is cut back to once its content is in the file. 64 MiB.
    public var journalSizeLimit: Int = 64 << 20

    /// The defaults.
    public init() {}

    /// What an acknowledged write survives.
    public enum Durability: String, Hashable, Sendable {
        /// A power failure: each commit waits for the disk (`synchronous=FULL`).
        case power
        /// The end of the process by any means; after a power failure the last commits may be missing, and the
        /// database is sound (`synchronous=NORMAL`).
        case process
    }
}
