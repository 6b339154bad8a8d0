// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization
import TandemHTTP

/// An exchange as its task sees it: each call goes to the event loop, at once where the task is there already.
struct BoundExchange: Sendable {
    let exchange: NIOLoopBound<Exchange>
    let eventLoop: any EventLoop

    /// Runs `body` on the loop.
    private func onLoop(_ body: @escaping @Sendable (Exchange) -> Void) {
        if self.eventLoop.inEventLoop {
            body(self.exchange.value)
        } else {
            self.eventLoop.execute { body(self.exchange.value) }
        }
    }

    /// Sends an answer, and produces its body where that takes time.
    func send(_ answer: Answer) async {
        let production = await withCheckedContinuation { continuation in
            self.onLoop { continuation.resume(returning: $0.transport?.send(answer)) }
        }
        if let production { await self.produce(production) }
    }

    /// Does what of an answer takes a task.
    func produce(_ production: Production) async {
        switch production {
        case .stream(let stream): await self.write(stream)
        case .webSocket(let session): await session.serve()
        }
    }

    /// Writes a body to its end, or until nobody reads it.
    private func write(_ stream: BodyStream) async {
        do {
            try await stream.write(BodyWriter(OutgoingBody(exchange: self)))
            self.onLoop { $0.transport?.endStream(trailers: $0.trailers, error: nil) }
        } catch {
            self.onLoop { $0.transport?.endStream(trailers: [:], error: error) }
        }
    }

    func read() async throws -> Bytes? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.onLoop { $0.read(continuation) }
            }
        } onCancel: {
            self.eventLoop.execute { self.exchange.value.resumeReader(throwing: CancellationError()) }
        }
    }

    func write(_ bytes: Bytes) async throws {
        guard !bytes.isEmpty else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.onLoop { $0.write(bytes, continuation) }
            }
        } onCancel: {
            self.eventLoop.execute { self.exchange.value.resumeWriter(throwing: CancellationError()) }
        }
    }

    func setTrailers(_ trailers: Headers) async {
        await withCheckedContinuation { continuation in
            self.onLoop {
                $0.trailers = trailers
                continuation.resume()
            }
        }
    }
}

/// A request's body as it arrives on a connection.
final class IncomingBody: BodySource {
    private let exchange: BoundExchange
    private let received: Mutex<Headers> = Mutex([:])

    init(exchange: BoundExchange) {
        self.exchange = exchange
    }

    func next() async throws -> Bytes? {
        try await self.exchange.read()
    }

    /// The fields that came after the body.
    var trailers: Headers {
        get { self.received.withLock { $0 } }
        set { self.received.withLock { $0 = newValue } }
    }
}

/// Where a handler writes a response's body to a connection.
struct OutgoingBody: BodySink {
    let exchange: BoundExchange

    func write(_ bytes: Bytes) async throws {
        try await self.exchange.write(bytes)
    }

    func setTrailers(_ trailers: Headers) async {
        await self.exchange.setTrailers(trailers)
    }
}
