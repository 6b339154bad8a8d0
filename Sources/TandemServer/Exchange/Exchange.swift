// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// One request whose answer takes a task: the handler on one side, the connection on the other.
///
/// Never leaves its loop.
///
/// A request that is answered at once has none.
final class Exchange {
    let loop: LoopState
    /// The connection or stream, until the exchange is over.
    private(set) var transport: (any ExchangeTransport)?
    private var task: Task<Void, Never>?
    private var reader: CheckedContinuation<Bytes?, any Error>?
    private var writer: CheckedContinuation<Void, any Error>?
    private var isCancelled = false
    private var isFinished = false

    /// The request's body, where it has not come with the head.
    private var incoming: IncomingBody?
    /// The fields to send after the response's body.
    var trailers: Headers = [:]

    init(loop: LoopState, transport: any ExchangeTransport) {
        self.loop = loop
        self.transport = transport
    }

    /// The exchange as tasks can hold it.
    private var bound: BoundExchange {
        BoundExchange(exchange: NIOLoopBound(self, eventLoop: self.loop.eventLoop), eventLoop: self.loop.eventLoop)
    }

    /// A request's body that arrives with time.
    func makeBody(length: Int?) -> RequestBody {
        let incoming = IncomingBody(exchange: self.bound)
        self.incoming = incoming
        return RequestBody(storage: .stream(incoming), length: length)
    }

    /// Has the handler answer, and sends what it answers.
    func start(_ request: Request, observation: Observation?) {
        let handler = self.loop.context.handler
        self.run { exchange in
            let answer = await Answer.of(handler, to: request, observation: observation)
            await exchange.send(answer)
        }
    }

    /// Produces the rest of an answer whose head is sent.
    func start(producing production: Production) {
        self.run { exchange in await exchange.produce(production) }
    }

    private func run(_ work: @escaping @Sendable (BoundExchange) async -> Void) {
        let exchange = self.bound
        let task = Task.immediate(executorPreference: self.loop.executor) { await work(exchange) }
        if !self.isFinished { self.task = task }
        if self.isCancelled { task.cancel() }
    }

    /// Tells the handler that nobody waits for its answer any more.
    func cancel() {
        self.isCancelled = true
        self.task?.cancel()
        self.resumeReader(throwing: HTTPError.clientGone)
        self.resumeWriter(throwing: HTTPError.clientGone)
    }

    /// Lets go of the connection, which has become a WebSocket; the task goes on.
    func release() {
        self.transport = nil
        self.incoming = nil
    }

    /// Ends the exchange: what the handler does with it from now on comes to nothing.
    func finish() {
        self.isFinished = true
        self.transport = nil
        self.task = nil
        self.incoming = nil
        self.resumeReader(throwing: HTTPError.clientGone)
        self.resumeWriter(throwing: HTTPError.clientGone)
    }
}

/// What carries an exchange: an HTTP/1 connection, or a stream of an HTTP/2 one.
protocol ExchangeTransport: AnyObject {
    /// Takes what has arrived of the request's body.
    func takeBody() throws(HTTPError) -> BodyDecoder.Step
    /// Says that more of the body is wanted; `Exchange.bodyArrived` is called once there is some.
    func wantBody()
    /// Whether the client keeps up with what is sent.
    var isWritable: Bool { get }
    /// Sends an answer whole; or its head alone, and returns what is to produce the rest.
    func send(_ answer: Answer) -> Production?
    /// Sends a part of a stream.
    func sendPart(_ bytes: Bytes)
    /// Ends a stream; with an error where the client must see that it is not whole.
    func endStream(trailers: Headers, error: (any Error)?)
}

// MARK: - The request's body

extension Exchange {
    /// Gives the next part of the body to a reader, now or once it is there.
    func read(_ continuation: CheckedContinuation<Bytes?, any Error>) {
        guard self.reader == nil else {
            continuation.resume(throwing: HTTPError(.internalServerError, "A request's body has two readers at once."))
            return
        }
        self.reader = continuation
        self.bodyArrived()
        if self.reader != nil { self.transport?.wantBody() }
    }

    /// Hands on what has arrived, where it is waited for.
    func bodyArrived() {
        guard let reader = self.reader else { return }
        guard let transport = self.transport, !self.isCancelled else {
            return self.resumeReader(throwing: HTTPError.clientGone)
        }
        do throws(HTTPError) {
            switch try transport.takeBody() {
            case .needsMore:
                return
            case .bytes(let bytes):
                self.reader = nil
                reader.resume(returning: Bytes(bytes))
            case .end(let trailers):
                self.incoming?.trailers = trailers
                self.reader = nil
                reader.resume(returning: nil)
            }
        } catch {
            self.resumeReader(throwing: error)
        }
    }

    /// Whether somebody waits for more of the body.
    var isReading: Bool { self.reader != nil }

    func resumeReader(throwing error: any Error) {
        self.reader?.resume(throwing: error)
        self.reader = nil
    }
}

// MARK: - The response's body

extension Exchange {
    /// Sends a part, and lets the writer go on once the client keeps up.
    func write(_ bytes: Bytes, _ continuation: CheckedContinuation<Void, any Error>) {
        guard let transport = self.transport, !self.isCancelled else {
            return continuation.resume(throwing: HTTPError.clientGone)
        }
        guard self.writer == nil else {
            let reason = "A response's body has two writers at once."
            return continuation.resume(throwing: HTTPError(.internalServerError, reason))
        }
        transport.sendPart(bytes)
        if self.transport == nil {
            continuation.resume(throwing: HTTPError.clientGone)
        } else if transport.isWritable {
            continuation.resume()
        } else {
            self.writer = continuation
        }
    }

    /// Lets a waiting writer go on.
    func becameWritable() {
        self.writer?.resume()
        self.writer = nil
    }

    func resumeWriter(throwing error: any Error) {
        self.writer?.resume(throwing: error)
        self.writer = nil
    }
}
