// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSQLite
import FoundationEssentials

/// A prepared statement; it belongs to one connection.
final class SQLiteStatement {
    let text: String
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    let isReadOnly: Bool
    private let parameterCount: Int
    private(set) var names: [String] = []
    /// When it was used last, for who must give way.
    var lastUse = 0
    /// Whether it stands between two rows.
    private(set) var isActive = false
    /// A moment on its way to a column.
    private var timestamp = TimestampText.blank
    /// Whether what is bound is large enough to be let go at the end.
    private var holdsMuch = false
    /// Whether it may run on a caller's thread.
    var inline = SQLiteInlineRecord()
    /// What was wrong with a value of the row that is being bound.
    private var refusal: DatabaseError?
    private var boundCount = 0

    /// Prepares a text that is one statement.
    ///
    /// - Throws: `SQLiteError`; `DatabaseError` with `invalidStatement` for none or several.
    init(_ text: String, on connection: OpaquePointer) throws {
        guard let (handle, used) = try Self.prepare(text, on: connection) else {
            throw DatabaseError(.invalidStatement, "The statement is empty.")
        }
        self.text = text
        self.handle = handle
        self.connection = connection
        self.isReadOnly = sqlite3_stmt_readonly(handle) != 0
        self.parameterCount = Int(sqlite3_bind_parameter_count(handle))
        let tail = text.utf8.dropFirst(used)
        guard try tail.allSatisfy({ $0 <= 0x20 }) || Self.isEmpty(String(Substring(tail)), on: connection) else {
            throw DatabaseError(.invalidStatement, "There is more than one statement; run them one by one.")
        }
        self.readNames()
    }

    deinit { sqlite3_finalize(self.handle) }

    private static func prepare(_ text: String, on connection: OpaquePointer) throws -> (OpaquePointer, Int)? {
        guard !text.utf8.contains(0), let length = Int32(exactly: text.utf8.count) else {
            throw DatabaseError(.invalidStatement, "The statement is too long, or there is a NUL in it.")
        }
        var handle: OpaquePointer?
        var used: Int32 = 0
        var text = text
        let code = text.withUTF8 {
            tandem_sqlite3_prepare(connection, $0.baseAddress, length, &handle, &used)
        }
        guard code == SQLITE_OK else { throw SQLiteError(of: connection) }
        return handle.map { ($0, Int(used)) }
    }

    /// Whether there is nothing in a text but comments.
    private static func isEmpty(_ text: String, on connection: OpaquePointer) throws -> Bool {
        guard let (handle, _) = try Self.prepare(text, on: connection) else { return true }
        sqlite3_finalize(handle)
        return false
    }

    private func readNames() {
        self.names = (0..<sqlite3_column_count(self.handle)).map { column in
            sqlite3_column_name(self.handle, column).map { String(cString: $0) } ?? ""
        }
    }

    // MARK: - Rows

    /// Fetches rows until there is none, or `limit` or a megabyte of them.
    ///
    /// - Returns: Whether there may be more.
    func fetch(into rows: inout RowBatch, limit: Int = .max) throws(SQLiteError) -> Bool {
        var count = 0
        while count < limit, count == 0 || limit == .max || rows.bytes.count < 1 << 20 {
            self.isActive = true
            switch sqlite3_step(self.handle) {
            case SQLITE_ROW:
                if count == 0 { self.begin(&rows) }
                self.copyRow(to: &rows)
                count += 1
            case SQLITE_DONE:
                return false
            default:
                throw SQLiteError(of: self.connection)
            }
        }
        return true
    }

    /// Runs to the end, and leaves rows alone.
    func step() throws(SQLiteError) {
        self.isActive = true
        while true {
            switch sqlite3_step(self.handle) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return
            default: throw SQLiteError(of: self.connection)
            }
        }
    }

    private func begin(_ rows: inout RowBatch) {
        // SQLite has prepared it anew where another changed the tables.
        if Int(sqlite3_column_count(self.handle)) != self.names.count { self.readNames() }
        rows.names = self.names
        rows.reserve()
    }

    private func copyRow(to rows: inout RowBatch) {
        for column in 0..<Int32(truncatingIfNeeded: rows.names.count) {
            switch sqlite3_column_type(self.handle, column) {
            case SQLITE_INTEGER: rows.append(.integer(sqlite3_column_int64(self.handle, column)))
            case SQLITE_FLOAT: rows.append(.double(sqlite3_column_double(self.handle, column)))
            case SQLITE_TEXT:
                // SQLite keeps both in place until the next step.
                let text = sqlite3_column_text(self.handle, column)
                let count = Int(sqlite3_column_bytes(self.handle, column))
                rows.append(UnsafeBufferPointer(start: text, count: text == nil ? 0 : count)) { .text($0, $1) }
            case SQLITE_BLOB:
                let blob = sqlite3_column_blob(self.handle, column)?.assumingMemoryBound(to: UInt8.self)
                let count = Int(sqlite3_column_bytes(self.handle, column))
                rows.append(UnsafeBufferPointer(start: blob, count: blob == nil ? 0 : count)) { .blob($0, $1) }
            default: rows.append(.null)
            }
        }
    }

    /// Gives up the rest, so that it can run again.
    func reset() {
        self.isActive = false
        sqlite3_reset(self.handle)
        if self.holdsMuch {
            self.holdsMuch = false
            sqlite3_clear_bindings(self.handle)
        }
    }
}

// MARK: - Values

extension SQLiteStatement: RowSink {
    /// Binds all values.
    func bind(_ values: [SQLValue]) throws(DatabaseError) {
        for (index, value) in values.enumerated() { self.put(value, at: index) }
        try self.endRow()
    }

    /// The row's values are all there; or what was wrong with one.
    func endRow() throws(DatabaseError) {
        defer { self.boundCount = 0 }
        if let refusal = self.refusal {
            self.refusal = nil
            throw refusal
        }
        guard self.boundCount == self.parameterCount else {
            throw DatabaseError(
                .invalidStatement,
                "The statement takes \(self.parameterCount) values and was given \(self.boundCount)."
            )
        }
    }

    func put(_ value: SQLValue, at column: Int) {
        let index = Int32(truncatingIfNeeded: column + 1)
        self.boundCount += 1
        let code =
            switch value {
            case .null: sqlite3_bind_null(self.handle, index)
            case .boolean(let value): sqlite3_bind_int64(self.handle, index, value ? 1 : 0)
            case .integer(let value): sqlite3_bind_int64(self.handle, index, value)
            case .double(let value): self.bind(value, at: index)
            case .text(let text), .json(let text): self.bind(text, at: index)
            case .bytes(let bytes): self.bind(bytes, at: index)
            case .timestamp(let date): self.bind(date, at: index)
            case .uuid(let uuid): self.bind(uuid.uuidString.lowercased(), at: index)
            case .decimal(let value):
                value.isNaN ? self.refuse("A decimal is no number.") : self.bind(value.description, at: index)
            case .invalid(let reason): self.refuse(reason)
            }
        guard code != SQLITE_OK, self.refusal == nil else { return }
        self.refusal =
            code == SQLITE_RANGE
            ? DatabaseError(.invalidStatement, "The statement takes \(self.parameterCount) values and was given more.")
            : DatabaseError(SQLiteError(of: self.connection))
    }

    private func refuse(_ reason: String) -> Int32 {
        if self.refusal == nil { self.refusal = DatabaseError(.invalidValue, reason) }
        return SQLITE_OK
    }

    private func bind(_ value: Double, at index: Int32) -> Int32 {
        // SQLite would keep NULL.
        value.isNaN ? self.refuse("A number is not a number (NaN).") : sqlite3_bind_double(self.handle, index, value)
    }

    private func bind(_ text: String, at index: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            if bytes.count > 4_096 { self.holdsMuch = true }
            return tandem_sqlite3_bind_text(self.handle, index, bytes.baseAddress, bytes.count)
        }
    }

    private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
        if bytes.count > 4_096 { self.holdsMuch = true }
        return tandem_sqlite3_bind_blob(self.handle, index, bytes, bytes.count)
    }

    private func bind(_ date: Date, at index: Int32) -> Int32 {
        guard TimestampText.write(date, to: &self.timestamp) else {
            return self.refuse("A moment is outside the years 0 to 9999.")
        }
        return tandem_sqlite3_bind_text(self.handle, index, self.timestamp, self.timestamp.count)
    }
}

extension SQLiteError {
    /// What went wrong last on a connection.
    init(of connection: OpaquePointer) {
        self.init(
            code: sqlite3_extended_errcode(connection),
            message: sqlite3_errmsg(connection).map { String(cString: $0) } ?? ""
        )
    }
}
