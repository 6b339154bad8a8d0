// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The bytes of an open file, read from its beginning.
final class OpenFileSource: BodySource {
    private static let step = 64 * 1024

    private let file: OpenFile
    private let size: Int
    private let offset = Mutex(0)

    init(file: OpenFile, size: Int) {
        self.file = file
        self.size = size
    }

    /// Reads from the page cache as a rule; others on the event loop get their turn between two reads.
    func next() async throws -> Bytes? {
        let start = self.offset.withLock { $0 }
        guard start < self.size else { return nil }
        if start > 0 { await Task.yield() }
        let bytes = try self.file.read(min(Self.step, self.size - start), at: start)
        guard !bytes.isEmpty else { return nil }
        self.offset.withLock { $0 = start + bytes.count }
        return bytes
    }

    var trailers: Headers { [:] }
}
