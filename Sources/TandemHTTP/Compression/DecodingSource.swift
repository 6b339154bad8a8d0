// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Unpacks a body as it arrives.
final class DecodingSource: BodySource {
    /// Where packed bytes come from, unless all of them are there.
    private let upstream: (any BodySource)?
    private let decompressor: Mutex<Decompressor>

    /// A source that unpacks `body`, up to `limit` bytes.
    init(_ coding: ContentCoding, _ body: RequestBody, limit: Int) throws {
        var decompressor = try Decompressor(coding, limit: limit)
        if case .stream(let source) = body.storage {
            self.upstream = source
        } else {
            decompressor.feed(body.complete ?? Bytes())
            self.upstream = nil
        }
        self.decompressor = Mutex(decompressor)
    }

    func next() async throws -> Bytes? {
        while true {
            if let bytes = try self.decompressor.withLock({ try $0.read() }) {
                // There is more, and no wait for it: others get the event loop.
                if bytes.count == Decompressor.chunk { await Task.yield() }
                return bytes
            }
            guard let packed = try await self.upstream?.next() else {
                try self.decompressor.withLock { try $0.finish() }
                return nil
            }
            self.decompressor.withLock { $0.feed(packed) }
        }
    }

    var trailers: Headers { self.upstream?.trailers ?? [:] }
}
