// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import NIOHTTP2
import TandemHTTP

/// One request on an HTTP/2 connection and its answer.
///
/// Never leaves its loop.
final class HTTP2Stream {
    let id: HTTP2StreamID
    /// The connection, until the stream is closed.
    var connection: HTTP2Connection?
    var method = Method.get
    /// The task that answers; `nil` for what is answered at once.
    var exchange: Exchange?
    var observation: Observation?

    // The request.
    /// The request, until it is given to the handler.
    var undispatched: Request?
    /// What has arrived of the body and is not taken.
    var input = ByteBuffer()
    /// Whether the client has sent all.
    var inputEnded: Bool
    var trailers: Headers = [:]
    var window: InboundWindow
    var awaitsContinue = false
    /// Whether what comes behind the head is no body, but a WebSocket.
    private(set) var opensWebSocket = false
    /// What carries the WebSocket that the stream has become.
    var tunnel: HTTP2Tunnel?
    var contentLength: Int?
    private var received = 0
    private var bodyError: HTTPError?
    private var bodyDeadline = NIODeadline.distantFuture

    // The response.
    var status = Status.ok
    /// The length that the response's body must have, where it was announced.
    var announced: Int?
    /// The bytes sent of the response's body.
    var sent = 0
    /// Those of them that the flow control holds back.
    var queued = 0
    var queuedSince = NIODeadline.distantFuture
    var isAnswered = false

    init(_ id: HTTP2StreamID, on connection: HTTP2Connection, inputEnded: Bool) {
        self.id = id
        self.connection = connection
        self.inputEnded = inputEnded
        let size = connection.initialStreamWindow
        self.window = InboundWindow(target: size, size: size)
    }
}

// MARK: - From a head to a handler

extension HTTP2Stream {
    /// Takes the request's head; one without a body is answered, any other once more has arrived.
    func begin(_ head: HTTP2RequestHead, on connection: HTTP2Connection) throws(HTTP2HeadError) {
        self.method = head.method
        self.contentLength = head.contentLength
        self.awaitsContinue = head.expectsContinue && !head.opensWebSocket
        self.opensWebSocket = head.opensWebSocket
        var request = Request(
            method: head.method,
            target: head.target,
            authority: head.authority,
            version: .http2,
            headers: head.headers,
            body: RequestBody(),
            connection: connection.info
        )
        if self.inputEnded, let length = head.contentLength, length != 0 { throw .malformed }
        do throws(HTTPError) {
            if let length = head.contentLength, length > connection.limits.body {
                throw HTTPError.contentTooLarge(limit: connection.limits.body)
            }
            try connection.loop.context.checkHost(of: request)
        } catch {
            throw .refused(error)
        }
        if let observation = connection.loop.context.observer.begin(request) {
            self.observation = observation
            request = observation.watching(request)
        }
        if self.inputEnded || self.opensWebSocket {
            self.dispatch(request, on: connection)
        } else {
            self.undispatched = request.detached()
        }
    }

    /// Gives the handler a request whose body, or its beginning, has arrived.
    func dispatch() {
        guard var request = self.undispatched, let connection = self.connection else { return }
        self.undispatched = nil
        if self.inputEnded, self.trailers.isEmpty, self.bodyError == nil {
            request.body = RequestBody(Bytes(self.takeInput()))
        } else {
            let exchange = Exchange(loop: connection.loop, transport: self)
            self.exchange = exchange
            request.body = exchange.makeBody(length: self.contentLength)
        }
        self.dispatch(request, on: connection)
    }

    private func dispatch(_ request: Request, on connection: HTTP2Connection) {
        let handler = connection.loop.context.handler
        do {
            let response = try self.observation.inContext { try handler.respondImmediately(to: request) }
            if let response {
                switch self.send(Answer(response)) {
                case .webSocket(let session)?: session.exchange.start(producing: .webSocket(session))
                case let rest?: self.startExchange(connection).start(producing: rest)
                case nil: break
                }
                return
            }
        } catch {
            _ = self.send(Answer(error))
            return
        }
        self.startExchange(connection).start(request.detached(), observation: self.observation)
    }

    private func startExchange(_ connection: HTTP2Connection) -> Exchange {
        let exchange = self.exchange ?? Exchange(loop: connection.loop, transport: self)
        self.exchange = exchange
        return exchange
    }

    /// Answers a request that does not reach the handler.
    func refuse(_ error: HTTPError) {
        self.undispatched = nil
        _ = self.send(Answer(error))
    }
}

// MARK: - The request's body

extension HTTP2Stream {
    /// Takes a DATA frame in; false where the body breaks its announced length (RFC 9113, section 8.1.1).
    func receive(_ bytes: ByteBuffer, isLast: Bool) -> Bool {
        let count = bytes.readableBytes
        self.received += count
        self.inputEnded = isLast
        self.awaitsContinue = false
        if let tunnel = self.tunnel {
            tunnel.received(bytes)
            return true
        }
        if let length = self.contentLength, self.received > length || (isLast && self.received != length) {
            self.connection?.consumed(count, on: nil)
            return false
        }
        if let connection, !self.opensWebSocket, !self.isAnswered, self.bodyError == nil,
            self.received > connection.limits.body
        {
            self.bodyError = .contentTooLarge(limit: connection.limits.body)
        }
        if self.isAnswered || self.bodyError != nil {
            // What nobody reads must not close the window for other streams.
            self.connection?.consumed(count, on: nil)
        } else if self.input.readableBytes == 0 {
            self.input = bytes
            self.window.arrived(count)
        } else {
            self.input.writeImmutableBuffer(bytes)
            self.window.arrived(count)
        }
        self.bodyArrived()
        return true
    }

    /// Takes the fields after the body in.
    func receive(trailers: Headers) -> Bool {
        if let length = self.contentLength, self.received != length { return false }
        self.inputEnded = true
        self.trailers = trailers
        self.tunnel?.received(ByteBuffer())
        self.bodyArrived()
        return true
    }

    private func bodyArrived() {
        guard let exchange = self.exchange, exchange.isReading else { return }
        self.bodyDeadline = .distantFuture
        exchange.bodyArrived()
    }

    func takeInput() -> ByteBuffer {
        let bytes = self.input
        self.input = ByteBuffer()
        self.window.consumed(bytes.readableBytes)
        self.connection?.consumed(bytes.readableBytes, on: self)
        return bytes
    }

    func takeBody() throws(HTTPError) -> BodyDecoder.Step {
        if self.input.readableBytes > 0 { return .bytes(self.takeInput()) }
        if let error = self.bodyError { throw error }
        return self.inputEnded ? .end(self.trailers) : .needsMore
    }

    func wantBody() {
        guard let connection, !self.inputEnded else { return }
        self.bodyDeadline = connection.loop.now + TimeAmount(connection.limits.bodyTimeout)
        if self.awaitsContinue {
            self.awaitsContinue = false
            let section: HPACKHeaders = [":status": "100"]
            connection.write(.headers(.init(headers: section)), on: self.id)
            connection.flush()
        }
    }

    /// Ends what has waited too long.
    func tick(_ now: NIODeadline, limits: Limits) {
        if now > self.bodyDeadline {
            self.bodyDeadline = .distantFuture
            let error = HTTPError(.requestTimeout, "The request's body did not arrive in time.")
            self.bodyError = error
            self.exchange?.resumeReader(throwing: error)
        }
        if self.queued > 0, now - self.queuedSince > TimeAmount(limits.writeTimeout) {
            self.connection?.reset(self, .cancel)
        }
    }

    /// Lets go of everything; what is still running is told that nobody waits for it.
    func closed() {
        guard let connection else { return }
        self.connection = nil
        if self.input.readableBytes > 0 { connection.consumed(self.input.readableBytes, on: nil) }
        self.input = ByteBuffer()
        self.undispatched = nil
        self.tunnel.take()?.closed()
        self.exchange?.cancel()
        self.exchange?.finish()
        self.exchange = nil
        if !self.isAnswered {
            self.isAnswered = true
            self.observation?.end(status: 499, bytesSent: self.sent, error: HTTPError.clientGone)
        }
        self.observation = nil
    }
}
#endif
