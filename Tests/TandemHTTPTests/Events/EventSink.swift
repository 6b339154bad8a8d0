// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import TandemHTTP

/// Takes a response's body, and says what it was given as it comes.
final class EventSink: BodySink {
    /// What was written, one element a write.
    let written: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let yields: Bool
    private let state: Mutex<(left: Int, isBusy: Bool, wasWrittenAtOnce: Bool)>

    /// A sink whose client goes after some writes.
    init(failsAfter writes: Int = .max, yields: Bool = false) {
        (self.written, self.continuation) = AsyncStream.makeStream()
        self.yields = yields
        self.state = Mutex((writes, false, false))
    }

    /// Whether a write began before another had ended.
    var wasWrittenAtOnce: Bool { self.state.withLock { $0.wasWrittenAtOnce } }

    func finish() {
        self.continuation.finish()
    }

    func write(_ bytes: Bytes) async throws {
        let fails = self.state.withLock { state in
            if state.isBusy { state.wasWrittenAtOnce = true }
            state.isBusy = true
            state.left -= 1
            return state.left < 0
        }
        if self.yields { await Task.yield() }
        self.state.withLock { $0.isBusy = false }
        if fails { throw HTTPError.clientGone }
        self.continuation.yield(String(decoding: bytes, as: UTF8.self))
    }

    func setTrailers(_ trailers: Headers) async throws {}
}
