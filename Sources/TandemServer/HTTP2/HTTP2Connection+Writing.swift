// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import NIOHTTP2
import TandemHTTP

/// Frames out.
extension HTTP2Connection {
    func write(_ payload: HTTP2Frame.FramePayload, on id: HTTP2StreamID) {
        self.needsFlush = true
        self.channel?.write(self.wrapOutboundOut(HTTP2Frame(streamID: id, payload: payload)), promise: nil)
    }

    /// Has the frames written leave; those of one read leave together at its end.
    func flush() {
        guard self.needsFlush, !self.isReading else { return }
        self.needsFlush = false
        self.channel?.flush()
    }

    func writeHead(of response: Response, length: Int?, of stream: HTTP2Stream, isLast: Bool) {
        let section = self.fields.section(
            of: response,
            length: length,
            method: stream.method,
            common: self.loop.commonFields
        )
        self.write(.headers(.init(headers: section, endStream: isLast)), on: stream.id)
    }

    /// Ends a stream before its time.
    func reset(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
        self.write(.rstStream(code), on: stream.id)
        self.flush()
    }
}

// MARK: - What the flow control lets go

extension HTTP2Connection: NIOHTTP2FrameDelegate {
    /// Called for each frame just before it goes to the socket; nothing may be written here.
    func wroteFrame(_ frame: HTTP2Frame) {
        switch frame.payload {
        case .data(let data):
            self.guardian.sentFrame()
            guard let stream = self.streams[frame.streamID] else { return }
            stream.wrote(data.data.readableBytes)
            if data.endStream { self.wroteLast(of: stream) }
        case .headers(let headers):
            self.guardian.sentFrame()
            if headers.endStream, let stream = self.streams[frame.streamID] { self.wroteLast(of: stream) }
        case .goAway(_, let code, _):
            if code != .noError { self.isBroken = true }
        default:
            break
        }
    }

    /// Tells a client whose request was answered before it was sent whole to spare the rest (RFC 9113, section 8.1).
    private func wroteLast(of stream: HTTP2Stream) {
        guard !stream.inputEnded, stream.tunnel == nil else { return }
        self.loop.eventLoop.assumeIsolated().execute {
            if !stream.inputEnded, stream.connection != nil { self.reset(stream, .noError) }
        }
    }
}

// MARK: - Windows

extension HTTP2Connection {
    /// Lets the client send more in place of what was consumed, on a stream too where that goes on.
    func consumed(_ count: Int, on stream: HTTP2Stream?) {
        guard count > 0 else { return }
        self.window.consumed(count)
        self.grantWindow()
        if let stream { self.grantWindow(of: stream) }
        self.flush()
    }

    func windowChanged(to size: Int, on id: HTTP2StreamID) {
        if id == .rootStream {
            self.window.become(size)
            self.grantWindow()
        } else if let stream = self.streams[id] {
            stream.window.become(size)
            self.grantWindow(of: stream)
        }
        self.flush()
    }

    func grantWindow() {
        guard self.phase != .lingering, let increment = self.window.takeIncrement() else { return }
        self.write(.windowUpdate(windowSizeIncrement: increment), on: .rootStream)
    }

    private func grantWindow(of stream: HTTP2Stream) {
        guard !stream.inputEnded, !stream.isAnswered, let increment = stream.window.takeIncrement() else { return }
        self.write(.windowUpdate(windowSizeIncrement: increment), on: stream.id)
    }
}
#endif
