// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// Packs a body on its way to a connection.
final class CompressingSink: BodySink {
    private struct State: ~Copyable {
        var compressor: Compressor
        /// How many bytes came in.
        var count = 0
    }

    private let next: any BodySink
    /// How many bytes are packed before others get the event loop.
    private let slice: Int
    private let state: Mutex<State>

    /// A sink in front of `next`.
    init(_ coding: ContentCoding, slice: Int, next: any BodySink) throws {
        self.next = next
        self.slice = max(1, slice)
        self.state = Mutex(State(compressor: try Compressor(coding)))
    }

    /// Sends the bytes so that the client can read all of them at once, as the events of an event stream must be.
    func write(_ bytes: Bytes) async throws {
        var rest = bytes.buffer
        while let slice = rest.readSlice(length: min(self.slice, rest.readableBytes)), slice.readableBytes > 0 {
            let isLast = rest.readableBytes == 0
            try await self.pass(Bytes(slice), isLast ? .flush : .none)
            if !isLast { await Task.yield() }
        }
    }

    /// Ends the content.
    ///
    /// - Parameter length: The number of bytes that was announced, unpacked.
    /// - Throws: 500 where another number was written: the server can no longer tell, and a client would take what is
    ///   too short for whole.
    func finish(length: Int?) async throws {
        let count = self.state.withLock { $0.count }
        if let length, length != count {
            throw HTTPError(.internalServerError, "\(count) bytes were written of a body of \(length).")
        }
        try await self.pass(Bytes(), .finish)
    }

    func setTrailers(_ trailers: Headers) async throws {
        try await self.next.setTrailers(trailers)
    }

    private func pass(_ bytes: Bytes, _ ending: Compressor.Ending) async throws {
        let packed = try self.state.withLock { state in
            state.count += bytes.count
            return try state.compressor.encode(bytes, ending)
        }
        if !packed.isEmpty { try await self.next.write(packed) }
    }
}
