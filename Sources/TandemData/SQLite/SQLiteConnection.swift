// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSQLite

/// A connection to a database file, with the statements that it keeps.
///
/// It is opened without SQLite's own locks and is not `Sendable`: a `SQLiteSession` holds it in a `Mutex`, so that the
/// compiler sees to it that one thread at a time uses it.
final class SQLiteConnection {
    let handle: OpaquePointer
    private let watch = SQLiteWatch()
    private let keptLimit: Int
    private var kept: [String: SQLiteStatement] = [:]
    private var uses = 0
    /// Statements between two rows, for those who fetch them by parts.
    private var cursors: [Int: SQLiteStatement] = [:]
    private var lastCursor = 0

    /// What a connection is for.
    enum Role {
        /// The one that writes, and creates the file where it is not there.
        case writer
        case reader
        /// One that is used on its callers' threads, and waits for no lock there.
        case inlineReader
        /// A new file that a copy goes into.
        case copy

        var creates: Bool { self == .writer || self == .copy }
    }

    /// Opens a file.
    ///
    /// - Throws: `DatabaseError`, mostly with the code `storage`.
    init(_ path: String, _ role: Role, _ settings: SQLiteSettings) throws {
        // Once in the life of the process, before its first connection.
        _ = Self.configured
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role.creates ? SQLITE_OPEN_CREATE : 0)
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let handle = opened else {
            let error = opened.map { SQLiteError(of: $0) } ?? SQLiteError(code: code, message: "No memory.")
            sqlite3_close_v2(opened)
            throw DatabaseError(error)
        }
        self.handle = handle
        self.keptLimit = max(1, settings.keptStatements)
        sqlite3_extended_result_codes(handle, 1)
        let busyTimeout = role == .inlineReader ? .zero : settings.busyTimeout
        sqlite3_busy_timeout(handle, Int32(clamping: Int(busyTimeout.seconds * 1_000)))
        tandem_sqlite3_harden(handle)
        // The watch lives as long as the connection, which asks it on the thread that runs a statement.
        sqlite3_progress_handler(
            handle,
            SQLiteWatch.stride,
            { context in
                guard let context else { return 0 }
                return Unmanaged<SQLiteWatch>.fromOpaque(context).takeUnretainedValue().stops() ? 1 : 0
            },
            Unmanaged.passUnretained(self.watch).toOpaque()
        )
        guard DecimalCollation.register(on: handle) == SQLITE_OK else { throw DatabaseError(SQLiteError(of: handle)) }
        for pragma in Self.pragmas(role, settings) { try self.execute("PRAGMA \(pragma)") }
        if role == .writer { try self.enterWAL(within: settings.busyTimeout) }
    }

    private static let configured: Void = tandem_sqlite3_configure()

    private static func pragmas(_ role: Role, _ settings: SQLiteSettings) -> [String] {
        let common = [
            "temp_store = MEMORY", "cache_size = -\(max(64, settings.cacheSize >> 10))",
            "mmap_size = \(max(0, settings.mappedSize))",
        ]
        switch role {
        case .copy: return []
        case .reader, .inlineReader: return common + ["query_only = ON"]
        case .writer:
            return common + [
                "journal_size_limit = \(max(0, settings.journalSizeLimit))", "foreign_keys = ON",
                "synchronous = \(settings.durability == .power ? "FULL" : "NORMAL")",
            ]
        }
    }

    /// Lets readers and the writer go on beside each other; it lasts in the file.
    private func enterWAL(within patience: Duration) throws {
        let end = ContinuousClock.now + patience
        var mode = ""
        while mode.isEmpty {
            do {
                try self.run(Statement("PRAGMA journal_mode = WAL")).rows.forEach { row in mode = try row.text() }
            } catch let error as DatabaseError where error.code == .busy && ContinuousClock.now < end {
                // Where another process does the same just now SQLite itself does not wait.
                sqlite3_sleep(1)
            }
        }
        guard mode == "wal" else {
            throw DatabaseError(.storage, "The database cannot keep a write-ahead log; is it on a network's disk?")
        }
    }

    deinit {
        // Those that are kept end after this; SQLite closes the file behind the last of them.
        sqlite3_progress_handler(self.handle, 0, nil, nil)
        sqlite3_close_v2(self.handle)
    }

    /// Whether no transaction is open: SQLite undoes one by itself after some errors.
    var isAutocommit: Bool { sqlite3_get_autocommit(self.handle) != 0 }

    // MARK: - Statements

    /// The kept statement of a text, or another where that one is in use.
    func statement(_ text: String) throws -> SQLiteStatement {
        self.uses += 1
        if let statement = self.kept[text] {
            statement.lastUse = self.uses
            if !statement.isActive { return statement }
        }
        do {
            let statement = try SQLiteStatement(text, on: self.handle)
            statement.lastUse = self.uses
            if self.kept[text] == nil { self.keep(statement) }
            return statement
        } catch let error as SQLiteError {
            throw DatabaseError(error)
        }
    }

    private func keep(_ statement: SQLiteStatement) {
        if self.kept.count >= self.keptLimit,
            let oldest = self.kept.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            self.kept[oldest.key] = nil
        }
        self.kept[statement.text] = statement
    }

    /// Runs a statement to its end, with its rows in a copy.
    func run(_ statement: Statement) throws -> SQLiteResult {
        try self.run(try self.statement(statement.text), statement.values)
    }

    func run(_ statement: SQLiteStatement, _ values: [SQLValue]) throws -> SQLiteResult {
        try statement.bind(values)
        var rows = RowBatch(statement.names)
        let before = sqlite3_total_changes64(self.handle)
        try self.finishing(statement) { statement throws(SQLiteError) in
            _ = try statement.fetch(into: &rows)
        }
        // Of a statement that changes no rows, SQLite says what the one before it has changed.
        let isUnchanged = sqlite3_total_changes64(self.handle) == before
        return SQLiteResult(rows: rows, changes: isUnchanged ? 0 : Int(sqlite3_changes64(self.handle)))
    }

    /// Runs a statement that has neither values nor rows.
    func execute(_ text: String) throws {
        let statement = try self.statement(text)
        try self.finishing(statement) { statement throws(SQLiteError) in try statement.step() }
    }

    /// Lets a statement run and resets it, whatever happens.
    func finishing(_ statement: SQLiteStatement, _ body: (SQLiteStatement) throws(SQLiteError) -> Void) throws {
        do throws(SQLiteError) {
            try body(statement)
            statement.reset()
        } catch {
            statement.reset()
            throw self.error(error)
        }
    }

    /// What to tell the caller.
    private func error(_ error: SQLiteError) -> any Error {
        if error.code & 0xff == SQLITE_INTERRUPT {
            if self.isInterrupted { return CancellationError() }
            if self.watch.isTooLong { return SQLiteInterrupted.tooLong }
        }
        var described = DatabaseError(error)
        if error.isCheck, let check = try? self.check(named: error.message) {
            described.table = check.table
            described.columns = check.columns
        }
        return described
    }

    /// Whether nobody waits any more for what runs.
    var isInterrupted: Bool { self.watch.interruption?.isSet == true }

    /// Watches what `body` runs.
    func watching<Result>(
        _ interruption: SQLiteInterruption? = nil,
        steps: Int? = nil,
        _ body: () throws -> Result
    ) rethrows -> Result {
        self.watch.interruption = interruption
        self.watch.allow(steps: steps)
        defer {
            self.watch.interruption = nil
            self.watch.allow(steps: nil)
        }
        return try body()
    }

    // MARK: - Cursors

    /// Begins a statement whose rows are fetched by parts.
    func open(_ statement: Statement) throws -> Int {
        let prepared = try self.statement(statement.text)
        guard prepared.isReadOnly else {
            throw DatabaseError(.invalidStatement, "A statement that writes cannot be read by parts.")
        }
        try prepared.bind(statement.values)
        self.lastCursor += 1
        self.cursors[self.lastCursor] = prepared
        return self.lastCursor
    }

    /// Fetches rows of a cursor; at the end it is closed.
    func fetch(_ cursor: Int, limit: Int) throws -> (rows: RowBatch, isAtEnd: Bool) {
        guard let statement = self.cursors[cursor] else { throw DatabaseError.closed("cursor") }
        var rows = RowBatch(statement.names)
        do throws(SQLiteError) {
            guard try !statement.fetch(into: &rows, limit: limit) else { return (rows, false) }
            self.close(cursor)
            return (rows, true)
        } catch {
            self.close(cursor)
            throw self.error(error)
        }
    }

    func close(_ cursor: Int) {
        self.cursors.removeValue(forKey: cursor)?.reset()
    }

    /// Ends a transaction, and the cursors in it first: one that is open would hold on to what it sees.
    func end(_ text: String) throws {
        for cursor in self.cursors.keys { self.close(cursor) }
        try self.execute(text)
    }

    /// Undoes a transaction, if there is one.
    func rollback() {
        guard !self.isAutocommit else { return }
        // Where it fails, SQLite has undone it by itself.
        try? self.end("ROLLBACK")
    }
}

/// What a statement brought.
struct SQLiteResult: Sendable {
    let rows: RowBatch
    /// The rows that it changed.
    let changes: Int
}
