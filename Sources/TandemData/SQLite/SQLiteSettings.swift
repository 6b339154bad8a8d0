// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// How an SQLite database is opened and used.
public struct SQLiteSettings: Hashable, Sendable {
    /// What an acknowledged write survives; by itself a power failure.
    public var durability: Durability = .power
    /// How long to wait for another process that holds the database's lock, 5 s.
    ///
    /// Then the error is `database-busy`.
    public var busyTimeout: Duration = .seconds(5)
    /// How long a caller waits for its turn to write, or for a connection, 30 s.
    ///
    /// Then the error is `pool-exhausted`.
    public var waitTimeout: Duration = .seconds(30)
    /// The most connections for short reads: twice the processors, at least 4.
    public var readers: Int = max(4, 2 * ProcessInfo.processInfo.activeProcessorCount)
    /// The most connections for what takes long: four times the processors, at least 16.
    ///
    /// Each long read, cursor and read-only transaction holds one; short reads wait for none of them.
    public var heldReaders: Int = max(16, 4 * ProcessInfo.processInfo.activeProcessorCount)
    /// The steps of SQLite's virtual machine that a read may take on the caller's thread: 50,000, about a millisecond.
    ///
    /// A longer one is begun again on a thread of the driver's, so that it holds up no event loop, and so for a while
    /// is what was long the last times.
    public var inlineSteps: Int = 50_000
    /// The statements that each connection keeps prepared, 256.
    public var keptStatements: Int = 256
    /// The bytes of pages that each connection keeps in memory, 16 MiB.
    public var cacheSize: Int = 16 << 20
    /// The bytes of the file that are mapped into memory, none.
    ///
    /// Where the file is mapped, a disk's error or another process that shortens the file ends the process.
    public var mappedSize: Int = 0
    /// The bytes that the write-ahead log is cut back to once its content is in the file, 64 MiB.
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
