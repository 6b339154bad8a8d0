// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// One HTTP/1 connection on its event loop: bytes in, requests to the handler, responses out in order.
///
/// A request that the handler answers at once is read, answered and written within one call of `received`; all
/// responses made in that call leave in one write.
final class HTTP1Connection {
    let loop: LoopState
    let info: ConnectionInfo
    var place = 0

    /// What has arrived and is not yet taken.
    var input: ByteBuffer?
    /// What is to be written at the end of this call.
    var output: ByteBuffer?
    /// What carries the bytes, until it is closed.
    var transport: (any Transport)?
    /// The request being answered.
    var current = CurrentRequest()
    var phase = Phase.open
    /// What the client is given time for.
    var awaited = Awaited.nothing
    var deadline = NIODeadline.distantFuture
    var stall = WriteStall()

    private let isWelcome: Bool
    private var parser = RequestParser()
    private(set) var isProcessing = false
    private var isReading = true
    /// Whether the client closed while the last response was being written.
    var inputIsClosed = false
    private(set) var answered = 0

    /// Where a connection stands in its life; the diagram is in ARCHITECTURE.md.
    enum Phase {
        /// Requests are read and answered.
        case open
        /// The client has sent its last byte; what it asked is still answered.
        case inputClosed
        /// The last response is being written.
        case closing
        /// The response is out and the connection half closed; what still comes is dropped, since a close with
        /// unread bytes would reset the connection under the client's eyes (RFC 9112, section 9.6).
        case lingering
        case closed
    }

    /// The unread bytes beyond which no more are read from the socket.
    static let inputLimit = 64 * 1024
    /// The unread body that is read to its end so that the connection can be used again.
    static let discardLimit = 256 * 1024

    /// A connection; one that is not welcome is beyond the limit, is told so and closed.
    init(transport: any Transport, loop: LoopState, info: ConnectionInfo, isWelcome: Bool) {
        self.transport = transport
        self.loop = loop
        self.info = info
        self.isWelcome = isWelcome
    }

    var limits: Limits { self.loop.context.limits }
}

// MARK: - What the transport tells

extension HTTP1Connection: CarriedConnection {
    /// The transport is ready; must be called first.
    func opened() {
        self.loop.add(self)
        self.wait(for: .request)
        if !self.isWelcome {
            let headers: Headers = ["retry-after": "1"]
            self.refuse(HTTPError(.serviceUnavailable, "Too many connections are open.", headers: headers))
        }
    }

    /// Bytes have arrived.
    func received(_ bytes: consuming ByteBuffer) {
        guard self.phase == .open else { return self.loop.giveBackReadBuffer(bytes) }
        if self.unread == 0 {
            self.input = bytes
        } else {
            self.withInput { _ = $0.writeImmutableBuffer(bytes) }
        }
        self.process()
        self.flush()
        self.releaseReadBuffer()
    }

    /// Gives the loop's read buffer back: what is left of a request waits in storage of its own size.
    private func releaseReadBuffer() {
        guard self.unread < LoopState.readSize / 4, let input = self.input.take() else { return }
        if input.readableBytes > 0 { self.input = ByteBuffer(bytes: input.readableBytesView) }
        self.loop.giveBackReadBuffer(input)
    }

    /// The bytes that have arrived and are not yet taken.
    var unread: Int { self.input?.readableBytes ?? 0 }

    /// Changes what has arrived.
    ///
    /// Taken out meanwhile, so that the compiler can see that nothing else changes it, and need not have that checked
    /// whenever it is looked at.
    func withInput<Result, Failure: Error>(
        _ body: (inout ByteBuffer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var input = self.input.take() ?? ByteBuffer()
        defer { self.input = input }
        return try body(&input)
    }

    /// The client has sent its last byte.
    func inputEnded() {
        switch self.phase {
        case .open where self.current.stage == .unanswered:
            self.phase = .inputClosed
            self.current.keepsAlive = false
            self.current.exchange?.cancel()
        case .open:
            self.phase = .inputClosed
            self.closeAfterFlush()
        case .lingering:
            self.abort()
        case .closing:
            self.inputIsClosed = true
        case .inputClosed, .closed:
            break
        }
    }

    /// The client has caught up with what was sent.
    func becameWritable() {
        self.current.exchange?.becameWritable()
        self.process()
        self.flush()
    }

    /// All that was sent is with the client's socket.
    func allWritten() {
        if self.phase == .closing { self.lastResponseWritten() }
    }

    /// The transport is no more.
    func closed() {
        guard self.phase != .closed else { return }
        self.phase = .closed
        self.transport = nil
        self.loop.remove(self)
        let current = self.current
        self.current = CurrentRequest()
        current.exchange?.cancel()
        current.exchange?.finish()
        if current.stage == .unanswered {
            current.observation?.end(status: 499, bytesSent: current.sent, error: HTTPError.clientGone)
        }
    }

    /// Lets go of the transport, which carries something else from now on.
    func leave() {
        self.phase = .closed
        self.transport = nil
        self.loop.remove(self)
        self.current = CurrentRequest()
    }

    /// While a client is ahead of its responses, its socket is not read.
    func updateReading() {
        let reads = self.unread < Self.inputLimit || self.phase != .open
        guard reads != self.isReading else { return }
        self.isReading = reads
        self.transport?.setReading(reads)
    }
}

// MARK: - Requests

extension HTTP1Connection {
    /// Takes requests off the input and has them answered, until one takes time or the input runs out.
    func process() {
        guard !self.isProcessing else { return }
        self.isProcessing = true
        while self.phase == .open {
            let goesOn = self.current.stage == .none ? self.takeRequest() : self.advance()
            if !goesOn { break }
        }
        self.isProcessing = false
        self.updateReading()
    }

    private func takeRequest() -> Bool {
        if let output = self.output, output.readableBytes >= WaterMark.high { self.flush() }
        // A client that asks without reading the answers is not served further.
        guard self.unread > 0, self.isWritable else { return false }
        do throws(HTTPError) {
            if self.answered == 0, self.speaksHTTP2() { return false }
            guard let head = try self.takeHead() else {
                // A line end behind the last request is none of the next.
                if self.awaited != .head, self.unread > 0 { self.wait(for: .head) }
                return false
            }
            self.wait(for: .nothing)
            self.begin(head)
            return true
        } catch {
            self.refuse(error)
            return false
        }
    }

    private func takeHead() throws(HTTPError) -> RequestHead? {
        var parser = self.parser
        defer { self.parser = parser }
        return try self.withInput { (input) throws(HTTPError) in try parser.parse(&input, limits: self.limits) }
    }

    /// Lets the request in flight have what arrived of its body; true once it is over and the next can be taken.
    private func advance() -> Bool {
        if self.current.stage == .answered { return self.discardBody() }
        if let exchange = self.current.exchange, exchange.isReading {
            exchange.bodyArrived()
            self.wait(for: exchange.isReading ? .body : .nothing)
        }
        return self.current.stage == .none
    }

    /// Drops the rest of a body that the handler did not read, where that is cheaper than a new connection.
    private func discardBody() -> Bool {
        while let decoder = self.current.decoder, !decoder.isDone {
            guard let step = try? self.decodeBody() else {
                self.closeAfterFlush()
                return false
            }
            switch step {
            case .end: break
            case .needsMore:
                if self.awaited != .body { self.wait(for: .body) }
                return false
            case .bytes(let bytes):
                self.current.discarded += bytes.readableBytes
                if self.current.discarded > Self.discardLimit {
                    self.closeAfterFlush()
                    return false
                }
            }
        }
        self.current = CurrentRequest()
        self.wait(for: .request)
        return true
    }

    /// Counts an answer, and says whether the connection can carry a further request.
    func countAnswer() -> Bool {
        self.answered += 1
        if let limit = self.limits.requestsPerConnection, self.answered >= limit { return false }
        return self.phase == .open && !self.loop.context.isDraining
    }
}
