// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Takes a file's bytes, into memory first and past a threshold into a temporary file.
struct FileSpool {
    /// The bytes that are kept in memory.
    let memory: Int
    let directory: String?
    private(set) var storage = UploadedFile.Storage.memory(Bytes())

    init(memory: Int, directory: String?) {
        self.memory = memory
        self.directory = directory
    }

    /// The number of bytes taken.
    var size: Int { self.storage.size }

    mutating func write(_ bytes: Bytes) async throws {
        switch self.storage {
        case .memory(var held) where held.count + bytes.count <= self.memory:
            // Given up while it changes, or each change would copy it.
            self.storage = .memory(Bytes())
            held.append(bytes)
            self.storage = .memory(held)
        case .memory(let held):
            do {
                self.storage = .file(try TemporaryFile.make(in: self.directory), size: 0)
            } catch {
                throw HTTPError.cannotStore(error)
            }
            try await self.writeToFile(held)
            try await self.writeToFile(bytes)
        case .file:
            try await self.writeToFile(bytes)
        }
    }

    /// Writes go to the page cache, at most 64 KiB before others on the event loop get their turn.
    private mutating func writeToFile(_ bytes: Bytes) async throws {
        guard case .file(let file, var size) = self.storage else { return }
        var rest = bytes
        while !rest.isEmpty {
            let piece = rest.prefix(64 * 1024)
            rest = rest.dropFirst(piece.count)
            do {
                try file.write(piece, at: size)
            } catch {
                throw HTTPError.cannotStore(error)
            }
            size += piece.count
            self.storage = .file(file, size: size)
            if !rest.isEmpty { await Task.yield() }
        }
    }
}

extension HTTPError {
    /// An upload cannot be written to the disk: 507 where it is full, else 500.
    fileprivate static func cannotStore(_ error: FileSystemError) -> HTTPError {
        let isFull = error.code == ENOSPC || error.code == EDQUOT
        return HTTPError(
            isFull ? 507 : .internalServerError,
            isFull ? "There is no room for the file; try again later." : nil,
            cause: error
        )
    }
}
