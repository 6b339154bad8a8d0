// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSQLite
import FoundationEssentials

extension SQLiteDriver {
    /// Copies the database, as it is now, to a file that is not there yet, while others read and write.
    ///
    /// - Throws: `DatabaseError` with `storage` where the file is there or cannot be written.
    package func backup(to path: String) async throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DatabaseError(.storage, "There is a file at the backup's path already; name another.")
        }
        let settings = self.settings
        let part = path + ".part"
        try? FileManager.default.removeItem(atPath: part)
        do {
            try await self.held.lending { reader in
                try await reader.perform { try $0.copy(to: part, settings) }
            }
            // Whole or not at all.
            try FileManager.default.moveItem(atPath: part, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            guard error is DatabaseError || error is CancellationError else {
                throw DatabaseError(.storage, "The backup's file cannot be written.", cause: error)
            }
            throw error
        }
    }

    /// What is wrong in the file, a sentence each: damage, and rows that refer to ones that are not there.
    package func integrityCheck() async throws -> [String] {
        try await self.held.lending { reader in
            try await reader.perform { connection in
                let damage = try connection.damage()
                // In a damaged file the other check finds nothing that is worth knowing.
                return try damage.isEmpty ? connection.danglingReferences() : damage
            }
        }
    }

    /// Moves what is in the write-ahead log into the file, as far as no reader still looks at it, and cuts it back.
    ///
    /// - Returns: Whether all was moved.
    @discardableResult
    package func checkpoint() async throws -> Bool {
        try await self.writer.lease()
        defer { self.writer.release() }
        return try await self.writer.session.perform { connection in
            let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
            if code & 0xff == SQLITE_BUSY { return false }
            guard code == SQLITE_OK else { throw DatabaseError(SQLiteError(of: connection.handle)) }
            return true
        }
    }
}

extension SQLiteConnection {
    /// What `integrity_check` finds, as far as it comes in a damaged file.
    fileprivate func damage() throws -> [String] {
        var findings: [String] = []
        let check = try self.open(Statement("PRAGMA integrity_check"))
        do {
            var isAtEnd = false
            while !isAtEnd {
                let part = try self.fetch(check, limit: 1)
                try part.rows.forEach { row in findings.append(try row.text()) }
                isAtEnd = part.isAtEnd
            }
        } catch let error as DatabaseError where error.code == .storage {
            findings.append(error.message)
        }
        return findings == ["ok"] ? [] : findings
    }

    /// Rows that refer to ones that are not there.
    fileprivate func danglingReferences() throws -> [String] {
        var findings: [String] = []
        try self.run(Statement("PRAGMA foreign_key_check")).rows.forEach { row in
            let (table, key, target) = (try row.text(), try row.read(Int64?.self), try row.text())
            let name = key.map { "Row \($0)" } ?? "A row"
            findings.append("\(name) of \(table) refers to a row of \(target) that is not there.")
        }
        return findings
    }

    /// The pages that are copied between two looks at whether somebody still waits.
    private static let copyStep: Int32 = 256

    /// Copies the database into a new file.
    fileprivate func copy(to path: String, _ settings: SQLiteSettings) throws {
        let target = try SQLiteConnection(path, .copy, settings)
        // In one snapshot: without it, each write of another would begin the copy anew.
        try self.execute("BEGIN")
        defer { self.rollback() }
        try self.execute("SELECT 1 FROM sqlite_schema")
        guard let copy = sqlite3_backup_init(target.handle, "main", self.handle, "main") else {
            throw DatabaseError(SQLiteError(of: target.handle))
        }
        var code = SQLITE_OK
        while code == SQLITE_OK, !self.isInterrupted { code = sqlite3_backup_step(copy, Self.copyStep) }
        let end = sqlite3_backup_finish(copy)
        if self.isInterrupted { throw CancellationError() }
        guard code == SQLITE_DONE, end == SQLITE_OK else { throw DatabaseError(SQLiteError(of: target.handle)) }
    }
}
