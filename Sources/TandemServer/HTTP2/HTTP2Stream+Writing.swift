// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import NIOHTTP2
import TandemHTTP

/// From a response to frames.
extension HTTP2Stream: ExchangeTransport {
    /// The bytes held back by flow control beyond which a producer waits.
    private static let queueLimit = 64 * 1024
    /// Files up to this size are read at once.
    private static let fileLimit = 64 * 1024

    var isWritable: Bool {
        self.queued < Self.queueLimit && self.connection?.channel?.channel.isWritable ?? false
    }

    func send(_ answer: Answer) -> Production? {
        guard let connection, !self.isAnswered else { return nil }
        if case .webSocket(let upgrade) = answer.response.body, self.opensWebSocket {
            return self.become(upgrade, answer.response, on: connection)
        }
        let answer = answer.withoutUpgrade
        let response = answer.response
        self.status = response.status
        let length = response.status.forbidsBody ? nil : response.body.length
        let (bytes, stream) =
            self.method == .head || response.status.forbidsBody ? (nil, nil) : Self.parts(of: response.body)
        if stream == nil {
            self.sent = bytes?.readableBytes ?? 0
            // Before the last frame, which may close the stream within this call.
            self.finish(error: answer.error)
        } else {
            self.announced = length
        }
        connection.writeHead(of: response, length: length, of: self, isLast: bytes == nil && stream == nil)
        if let bytes { self.write(bytes, isLast: true) }
        connection.flush()
        return stream.map(Production.stream)
    }

    /// What of a body can be sent at once, or the stream that it has to be produced by.
    private static func parts(of body: ResponseBody) -> (ByteBuffer?, BodyStream?) {
        switch body {
        case .empty, .webSocket: return (nil, nil)
        case .bytes(let bytes): return (bytes.isEmpty ? nil : bytes.buffer, nil)
        case .stream(let stream): return (nil, stream)
        case .file(let region) where region.length > Self.fileLimit: return (nil, region.stream)
        case .file(let region):
            guard region.length > 0 else { return (nil, nil) }
            var bytes = ByteBuffer()
            // A file that has become shorter goes as a stream, which is cut where it ends.
            return region.read(into: &bytes) ? (bytes, nil) : (nil, region.stream)
        }
    }

    func write(_ bytes: ByteBuffer, isLast: Bool) {
        guard let connection else { return }
        if self.queued == 0 { self.queuedSince = connection.loop.now }
        self.queued += bytes.readableBytes
        connection.write(.data(.init(data: .byteBuffer(bytes), endStream: isLast)), on: self.id)
    }

    func sendPart(_ bytes: Bytes) {
        guard let connection, !self.isAnswered else { return }
        if let announced, self.sent + bytes.count > announced {
            let error = StreamLengthError(announced: announced, written: self.sent + bytes.count)
            return self.endStream(trailers: [:], error: error)
        }
        self.sent += bytes.count
        self.write(bytes.buffer, isLast: false)
        connection.flush()
    }

    func endStream(trailers: Headers, error: (any Error)?) {
        guard let connection, !self.isAnswered else { return }
        var error = error
        if error == nil, let announced, self.sent != announced {
            error = StreamLengthError(announced: announced, written: self.sent)
        }
        self.finish(error: error)
        if error != nil {
            connection.reset(self, .internalError)
        } else if trailers.isEmpty {
            connection.write(.data(.init(data: .byteBuffer(ByteBuffer()), endStream: true)), on: self.id)
        } else {
            let section = ResponseFields.trailers(trailers)
            connection.write(.headers(.init(headers: section, endStream: true)), on: self.id)
        }
        connection.flush()
    }

    private func finish(error: (any Error)?) {
        self.isAnswered = true
        self.observation?.end(status: self.status, bytesSent: self.sent, error: error)
        self.observation = nil
        self.exchange?.finish()
        self.exchange = nil
        // What came of the request's body is no longer wanted.
        self.connection?.consumed(self.input.readableBytes, on: nil)
        self.input = ByteBuffer()
    }

    /// Notes that flow control let bytes go.
    func wrote(_ count: Int) {
        guard let connection else { return }
        self.queued -= count
        self.queuedSince = connection.loop.now
        self.becameWritable()
    }

    /// Lets a producer go on, where the client keeps up.
    func becameWritable() {
        if self.isWritable { self.exchange?.becameWritable() }
        self.tunnel?.becameWritable()
    }
}
#endif
