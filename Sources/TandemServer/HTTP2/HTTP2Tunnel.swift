// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHTTP2
import TandemHTTP

/// Carries a WebSocket on a stream of an HTTP/2 connection (RFC 8441).
final class HTTP2Tunnel {
    private let stream: HTTP2Stream
    private var carried: (any CarriedConnection)?
    private var isReading = true
    private var toldEnd = false
    /// Whether the WebSocket is in a call here, and looks itself at what is pending afterwards.
    private var isFlushing = false
    private var isCatchUpDue = false

    init(_ stream: HTTP2Stream) {
        self.stream = stream
    }

    private var connection: HTTP2Connection? { self.stream.connection }

    /// Takes a DATA frame in; flow control holds back what comes while the WebSocket does not read.
    func received(_ bytes: ByteBuffer) {
        self.stream.input.writeImmutableBuffer(bytes)
        self.stream.window.arrived(bytes.readableBytes)
        if self.isReading { self.deliver() }
    }

    private func deliver() {
        guard let carried = self.carried, let connection = self.connection else { return }
        if self.stream.input.readableBytes > 0 {
            // A copy, since the WebSocket changes it, and the frame's storage is its channel's.
            var bytes = connection.loop.takeReadBuffer()
            bytes.writeImmutableBuffer(self.stream.takeInput())
            carried.received(bytes)
        }
        if self.stream.inputEnded, self.stream.input.readableBytes == 0, !self.toldEnd {
            self.toldEnd = true
            carried.inputEnded()
        }
    }

    /// The flow control or the socket let bytes go.
    func becameWritable() {
        guard !self.isFlushing, !self.isCatchUpDue else { return }
        self.isCatchUpDue = true
        // Nothing may be written while frames are.
        self.later { tunnel in
            tunnel.isCatchUpDue = false
            if tunnel.pendingBytes == 0 { tunnel.carried?.allWritten() }
        }
    }

    /// The stream is no more.
    func closed() {
        self.carried.take()?.closed()
    }

    private func later(_ body: @escaping (HTTP2Tunnel) -> Void) {
        self.connection?.loop.eventLoop.assumeIsolated().execute { body(self) }
    }
}

extension HTTP2Tunnel: Transport {
    func write(_ bytes: ByteBuffer) {
        self.isFlushing = true
        self.stream.write(bytes, isLast: false)
        self.isFlushing = false
    }

    func write(_ file: TandemHTTP.FileRegion) {}

    func flush(_ bytes: inout ByteBuffer) {
        let output = bytes
        bytes = ByteBuffer()
        self.isFlushing = true
        self.stream.write(output, isLast: false)
        self.connection?.flush()
        self.isFlushing = false
    }

    var pendingBytes: Int {
        guard let channel = self.connection?.channel?.channel else { return 0 }
        let ofConnection = channel.isWritable ? 0 : (try? channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        return self.stream.queued + ofConnection
    }

    var sendsFiles: Bool { false }

    func setReading(_ isReading: Bool) {
        self.isReading = isReading
        // Not within the call that says so, which is about to look at what it has.
        if isReading { self.later { if $0.isReading { $0.deliver() } } }
    }

    func closeOutput() {
        guard !self.stream.isAnswered else { return }
        self.stream.isAnswered = true
        self.stream.write(ByteBuffer(), isLast: true)
        self.connection?.flush()
    }

    func close() { self.end(.cancel) }

    func reset() { self.end(.internalError) }

    /// The stream may be closed within the call that ends it, and the WebSocket is not to be told within one of its own.
    private func end(_ code: HTTP2ErrorCode) {
        self.later { tunnel in
            if let connection = tunnel.connection { connection.reset(tunnel.stream, code) }
        }
    }

    func switchToHTTP2(_ received: ByteBuffer, info: ConnectionInfo) {}

    func handOver(to connection: any CarriedConnection) {
        self.carried = connection
    }
}

/// From a stream to a WebSocket (RFC 8441, section 5).
extension HTTP2Stream {
    /// Sends the head that says so, and leaves the stream to the WebSocket, with what has arrived behind the request.
    func become(_ upgrade: WebSocketUpgrade, _ response: Response, on connection: HTTP2Connection) -> Production? {
        let head = Response(status: .ok, headers: response.headers)
        connection.writeHead(of: head, length: nil, of: self, isLast: false)
        connection.flush()
        let exchange = self.exchange ?? Exchange(loop: connection.loop, transport: self)
        self.exchange = nil
        exchange.release()
        let tunnel = HTTP2Tunnel(self)
        let webSocket = WebSocketConnection(
            upgrade,
            transport: tunnel,
            loop: connection.loop,
            exchange: exchange,
            observation: self.observation.take()
        )
        tunnel.handOver(to: webSocket)
        self.tunnel = tunnel
        let received = self.takeInput()
        webSocket.opened(head: nil, received: received)
        if self.inputEnded { tunnel.received(ByteBuffer()) }
        return .webSocket(WebSocketSession(webSocket, upgrade: upgrade))
    }
}
#endif
