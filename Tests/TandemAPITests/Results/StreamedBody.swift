// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP

/// Takes a body's parts as they come.
final class StreamedBody: BodySink {
    /// What was written, one element a write.
    let parts: AsyncStream<String>
    private let continuation: AsyncStream<String>.Continuation
    private let left: Mutex<Int>
    private let willWrite: @Sendable () -> Void

    /// A body whose client goes after some writes.
    init(failsAfter writes: Int = .max, willWrite: @escaping @Sendable () -> Void = {}) {
        (self.parts, self.continuation) = AsyncStream.makeStream()
        self.left = Mutex(writes)
        self.willWrite = willWrite
    }

    func write(_ bytes: Bytes) async throws {
        self.willWrite()
        let fails = self.left.withLock { left in
            left -= 1
            return left < 0
        }
        if fails { throw HTTPError.clientGone }
        self.continuation.yield(bytes.string ?? "")
    }

    func setTrailers(_ trailers: Headers) async throws {}

    /// Has a response write itself here, as a server does.
    func serve(_ response: Response) -> Task<Void, any Error> {
        Task {
            defer { self.continuation.finish() }
            switch response.body {
            case .empty, .webSocket: break
            case .bytes(let bytes): try await self.write(bytes)
            case .stream(let stream): try await stream.write(BodyWriter(self))
            case .file(let region): try await region.stream.write(BodyWriter(self))
            }
        }
    }

    /// All that was written, once it is.
    var text: String {
        get async { await self.parts.reduce(into: "") { $0 += $1 } }
    }
}

/// Counts how often it was asked for a number.
struct CountedNumbers: AsyncSequence, Sendable {
    typealias Element = Int
    typealias Failure = Never
    let asked: Asked
    let count: Int

    final class Asked: Sendable {
        private let state = Mutex(0)
        var count: Int { self.state.withLock { $0 } }
        func increment() { self.state.withLock { $0 += 1 } }
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        let numbers: CountedNumbers

        mutating func next() async -> Int? {
            self.numbers.asked.increment()
            let number = self.numbers.asked.count
            return number <= self.numbers.count ? number : nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(numbers: self) }
}
