// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import NIOHTTP2
import TandemHTTP

/// One HTTP/2 connection on its event loop (RFC 9113): frames in, requests to the handler, frames out.
///
/// swift-nio-http2 keeps the protocol's state: frames, compression, flow control, what may follow what. Streams are
/// plain objects here, since a channel with a pipeline for each would cost more than most requests do.
final class HTTP2Connection: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    let loop: LoopState
    let info: ConnectionInfo
    let writer: FrameWriter
    var place = 0

    var channel: ChannelHandlerContext?
    var streams: [HTTP2StreamID: HTTP2Stream] = [:]
    var phase = Phase.open
    /// When the phase, or an idle connection, has lasted too long.
    var deadline = NIODeadline.distantFuture
    var stall = WriteStall()
    /// The newest stream that the client opened.
    var lastStreamID = HTTP2StreamID(0)
    /// Whether the library has ended the connection for what the client did.
    var isBroken = false

    private let isWelcome: Bool
    private var opened = 0
    private(set) var isReading = false
    var needsFlush = false
    /// Streams opened in this read whose bodies may be part of it.
    private var undispatched: [HTTP2Stream] = []
    var window = InboundWindow(target: HTTP2Connection.connectionWindow, size: InboundWindow.initialSize)
    /// What a new stream may send at first: our setting, once the client has acknowledged it.
    var initialStreamWindow = InboundWindow.initialSize
    var fields = ResponseFields()
    var guardian: FloodGuard

    /// Where a connection stands in its life.
    enum Phase {
        /// Requests are read and answered.
        case open
        /// The client was told to open no more streams; those it opened before it heard so are answered.
        case draining
        /// The client was told which stream was the last; the open ones are answered.
        case finishing
        /// All is sent and the connection half closed; what still comes is dropped.
        case lingering
        case closed
    }

    /// What a client may send of one body before the handler reads it.
    static let streamWindow = 256 * 1024
    /// What a client may send of all bodies before the handlers read them.
    static let connectionWindow = 1024 * 1024

    /// A connection; one that is not welcome is beyond the limit, is told so and closed.
    init(loop: LoopState, info: ConnectionInfo, writer: FrameWriter, isWelcome: Bool) {
        self.loop = loop
        self.info = info
        self.writer = writer
        self.isWelcome = isWelcome
        let limits = loop.context.limits
        self.guardian = FloodGuard(faults: limits.resets, within: TimeAmount(limits.resetWindow))
    }

    var limits: Limits { self.loop.context.limits }
}

// MARK: - Channel events

extension HTTP2Connection {
    func handlerAdded(context: ChannelHandlerContext) {
        self.channel = context
        self.loop.add(self)
        self.deadline = self.loop.now + TimeAmount(self.limits.idleTimeout)
        self.grantWindow()
        self.flush()
        if !self.isWelcome {
            self.finish()
        } else if self.loop.context.isDraining {
            self.drain()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.phase = .closed
        self.channel = nil
        self.loop.remove(self)
        self.closeStreams()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.phase = .closed
        self.closeStreams()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.isReading = true
        let frame = self.unwrapInboundIn(data)
        switch frame.payload {
        case .headers(let headers):
            self.received(headers, on: frame.streamID)
        case .data(let data):
            self.received(data, on: frame.streamID)
        case .windowUpdate:
            if self.guardian.receivedWindowUpdate() { self.endFlood() }
        case .ping(_, ack: true) where self.phase == .draining:
            self.finish()
        default:
            break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        for stream in self.undispatched { stream.dispatch() }
        self.undispatched.removeAll(keepingCapacity: true)
        self.isReading = false
        self.flush()
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            for stream in self.streams.values { stream.becameWritable() }
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as NIOHTTP2WindowUpdatedEvent:
            if let size = event.inboundWindowSize { self.windowChanged(to: size, on: event.streamID) }
        case let event as StreamClosedEvent:
            self.streamClosed(event.streamID)
        case let event as NIOHTTP2BulkStreamWindowChangeEvent:
            self.initialStreamWindow += event.delta
            for stream in self.streams.values { stream.window.grow(event.delta) }
        case ChannelEvent.inputClosed:
            self.abort()
        default:
            break
        }
    }

    /// The library reports here what it has ended already: a stream, or the connection; anything else is the socket's.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is any NIOHTTP2Error, !self.isBroken, !(error is NIOHTTP2Errors.RaisedGoawayLastStreamID) { return }
        guard error is any NIOHTTP2Error, self.phase != .lingering else { return self.abort() }
        self.closeStreams()
        self.closeAfterFlush()
    }
}

// MARK: - Requests

extension HTTP2Connection {
    private func received(_ headers: HTTP2Frame.FramePayload.Headers, on id: HTTP2StreamID) {
        if let stream = self.streams[id] {
            self.receivedTrailers(headers.headers, on: stream)
        } else if id > self.lastStreamID, self.phase == .open || self.phase == .draining {
            self.open(id, headers)
        }
    }

    private func open(_ id: HTTP2StreamID, _ headers: HTTP2Frame.FramePayload.Headers) {
        self.lastStreamID = id
        self.opened += 1
        let stream = HTTP2Stream(id, on: self, inputEnded: headers.endStream)
        self.streams[id] = stream
        var buffer = self.loop.takeReadBuffer()
        do throws(HTTP2HeadError) {
            let head = try RequestFields.head(of: headers.headers, into: &buffer, limits: self.limits)
            try stream.begin(head, on: self)
            if stream.undispatched != nil { self.undispatched.append(stream) }
        } catch {
            switch error {
            case .malformed: self.resetFaulty(stream)
            case .refused(let error): stream.refuse(error)
            }
        }
        self.loop.giveBackReadBuffer(buffer)
        if let limit = self.limits.requestsPerConnection, self.opened >= limit { self.finish() }
    }

    private func receivedTrailers(_ fields: HPACKHeaders, on stream: HTTP2Stream) {
        guard let trailers = try? FieldLines.trailers(fields, limits: self.limits), stream.receive(trailers: trailers)
        else { return self.resetFaulty(stream) }
    }

    private func received(_ data: HTTP2Frame.FramePayload.Data, on id: HTTP2StreamID) {
        guard case .byteBuffer(let bytes) = data.data else { return }
        self.window.arrived(bytes.readableBytes)
        guard let stream = self.streams[id] else {
            return self.consumed(bytes.readableBytes, on: nil)
        }
        if !stream.receive(bytes, isLast: data.endStream) { self.resetFaulty(stream) }
    }

    private func streamClosed(_ id: HTTP2StreamID) {
        guard let stream = self.streams.removeValue(forKey: id) else { return }
        stream.closed()
        guard self.streams.isEmpty else { return }
        if self.phase == .finishing {
            self.closeAfterFlush()
        } else if self.phase == .open {
            self.deadline = self.loop.now + TimeAmount(self.limits.idleTimeout)
        }
    }

    /// Ends all exchanges of a client that is gone.
    func closeStreams() {
        let streams = self.streams
        self.streams = [:]
        self.undispatched = []
        for stream in streams.values { stream.closed() }
    }

    /// Resets a stream whose client breaks the protocol, and the connection where it goes on so.
    private func resetFaulty(_ stream: HTTP2Stream) {
        self.reset(stream, .protocolError)
        if self.guardian.resetStream(at: self.loop.now) { self.endFlood() }
    }
}
#endif
