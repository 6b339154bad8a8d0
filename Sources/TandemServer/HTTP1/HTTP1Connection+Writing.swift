// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// From a response to the socket.
extension HTTP1Connection: ExchangeTransport {
    var isWritable: Bool { self.transport?.isWritable ?? false }

    func takeBody() throws(HTTPError) -> BodyDecoder.Step {
        do throws(HTTPError) {
            return try self.decodeBody()
        } catch {
            self.current.keepsAlive = false
            throw error
        }
    }

    /// Takes the next part of the body off what has arrived.
    func decodeBody() throws(HTTPError) -> BodyDecoder.Step {
        guard var decoder = self.current.decoder else { return .end([:]) }
        defer { self.current.decoder = decoder }
        return try self.withInput { (input) throws(HTTPError) in
            try decoder.decode(&input, limits: self.limits)
        }
    }

    func wantBody() {
        guard self.current.stage != .none, self.phase == .open else { return }
        self.wait(for: .body)
        if self.current.awaitsContinue {
            self.current.awaitsContinue = false
            self.giveLeave()
            if !self.isProcessing { self.flush() }
        }
        self.updateReading()
    }

    /// Has a client that waits for it send the body.
    private func giveLeave() {
        self.withOutput { $0.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n") }
    }

    func send(_ answer: Answer) -> Production? {
        guard self.current.stage == .unanswered else { return nil }
        let response = answer.response
        if case .webSocket(let upgrade) = response.body { return self.become(upgrade, response) }
        let omitsBody = self.current.isHead || response.status.forbidsBody
        if self.current.awaitsContinue, !omitsBody, case .stream = response.body {
            // What writes the stream may read the body, and once the head is out it is too late to ask for that.
            self.current.awaitsContinue = false
            self.giveLeave()
        }
        let framing = ResponseEncoder.framing(of: response, version: self.current.version)
        let continues = self.countAnswer() && self.current.keepsAlive && self.current.canSkipBody && framing != .close
        self.current.keepsAlive = continues
        self.current.framing = framing
        self.current.status = response.status
        let field: ResponseEncoder.ConnectionField =
            continues ? (self.current.version == .http1_0 ? .keepAlive : .unsaid) : .close
        let shortBody = omitsBody ? nil : Self.shortBody(of: response)
        self.withOutput { output in
            ResponseEncoder.write(
                headOf: response,
                framing: framing,
                toHead: self.current.isHead,
                connection: field,
                common: self.loop.commonLines,
                body: shortBody,
                into: &output
            )
        }
        if shortBody == nil, !omitsBody, let stream = self.sendBody(response.body) {
            if !self.isProcessing { self.flush() }
            return .stream(stream)
        }
        if !omitsBody { self.current.sent = response.body.length ?? 0 }
        self.finishAnswer(error: answer.error)
        return nil
    }

    /// A body that is copied behind its head, since it has few bytes.
    private static func shortBody(of response: Response) -> ByteBuffer? {
        guard case .bytes(let bytes) = response.body, bytes.count <= Self.copyLimit else { return nil }
        return bytes.buffer
    }

    /// Sends a body that is there, or returns the stream that it has to be produced by.
    private func sendBody(_ body: ResponseBody) -> BodyStream? {
        switch body {
        case .empty, .webSocket: break
        case .bytes(let bytes): self.put(bytes.buffer)
        case .stream(let stream): return stream
        case .file(let region):
            return self.sendFile(region)
        }
        return nil
    }

    func sendPart(_ bytes: Bytes) {
        guard self.current.stage == .unanswered else { return }
        let sent = self.current.sent + bytes.count
        if case .length(let length) = self.current.framing, sent > length {
            return self.endStream(trailers: [:], error: StreamLengthError(announced: length, written: sent))
        }
        self.current.sent = sent
        if self.current.framing == .chunked {
            self.withOutput { ResponseEncoder.writeChunkHead(bytes.count, into: &$0) }
            self.put(bytes.buffer)
            self.withOutput { $0.writeStaticString("\r\n") }
        } else {
            self.put(bytes.buffer)
        }
        if !self.isProcessing { self.flush() }
    }

    func endStream(trailers: Headers, error: (any Error)?) {
        guard self.current.stage == .unanswered else { return }
        var error = error
        if error == nil, case .length(let length) = self.current.framing, self.current.sent != length {
            error = StreamLengthError(announced: length, written: self.current.sent)
        }
        if error == nil, self.current.framing == .chunked {
            self.withOutput { ResponseEncoder.writeLastChunk(trailers: trailers, into: &$0) }
        }
        // Without its last chunk or all its bytes, the client can tell that the response is cut off.
        if error != nil { self.current.keepsAlive = false }
        // Where the end of the connection is the end of the body, only a reset tells the client.
        self.finishAnswer(error: error, resets: error != nil && self.current.framing == .close)
    }

    private func finishAnswer(error: (any Error)?, resets: Bool = false) {
        self.current.observation?.end(status: self.current.status, bytesSent: self.current.sent, error: error)
        self.current.exchange?.finish()
        self.current.exchange = nil
        self.current.stage = .answered
        if resets {
            self.transport?.reset()
        } else if !self.current.keepsAlive {
            self.closeAfterFlush()
        } else if self.current.decoder?.isDone ?? true {
            self.current = CurrentRequest()
            self.wait(for: .request)
        }
        if !self.isProcessing {
            self.process()
            self.flush()
        }
    }
}

/// A handler wrote another number of bytes than it announced.
struct StreamLengthError: Error, CustomStringConvertible {
    let announced: Int
    let written: Int

    var description: String {
        "A response announced \(self.announced) bytes and wrote \(self.written); the connection was cut off."
    }
}

// MARK: - Output

extension HTTP1Connection {
    /// Bodies up to this size are copied behind their heads, so that both leave in one write.
    private static let copyLimit = 8 * 1024

    func withOutput(_ write: (inout ByteBuffer) -> Void) {
        // Taken out while it changes, or the change would copy it.
        var buffer = self.output.take() ?? self.loop.takeWriteBuffer()
        write(&buffer)
        self.output = buffer
    }

    /// Writes a body's bytes, copied where they are few.
    private func put(_ bytes: ByteBuffer) {
        if bytes.readableBytes <= Self.copyLimit {
            self.withOutput { $0.writeImmutableBuffer(bytes) }
        } else {
            self.writeOutput()
            self.transport?.write(bytes)
            self.output = self.loop.takeWriteBuffer()
        }
    }

    /// Hands what is to be written to the transport, without flushing.
    private func writeOutput() {
        guard let output = self.output.take(), output.readableBytes > 0 else { return }
        self.transport?.write(output)
    }

    /// Writes all that is to be written.
    func flush() {
        guard var output = self.output.take() else { return }
        self.transport?.flush(&output)
        self.loop.giveBackWriteBuffer(output)
    }

    /// Sends a file: a small one is copied behind the head, a large one goes by `sendfile`.
    ///
    /// - Returns: The file as a stream, where it can go by neither since the connection is encrypted.
    private func sendFile(_ region: TandemHTTP.FileRegion) -> BodyStream? {
        if region.length <= Self.copyLimit * 8 {
            var isWhole = true
            self.withOutput { isWhole = region.read(into: &$0) }
            // A file that has become shorter goes as a stream, which is cut where it ends.
            return isWhole ? nil : region.stream
        }
        guard let transport = self.transport, transport.sendsFiles else { return region.stream }
        self.writeOutput()
        transport.write(region)
        self.output = self.loop.takeWriteBuffer()
        return nil
    }
}
