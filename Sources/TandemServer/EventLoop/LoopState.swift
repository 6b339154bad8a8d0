// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// What the connections of one event loop share: a clock, buffers, and the list of them.
///
/// Never leaves its loop.
final class LoopState {
    let eventLoop: any EventLoop
    let executor: LoopExecutor
    let context: ServerContext
    let timeouts: Timeouts
    /// The time of the last tick: enough for time-outs of seconds, and free to read.
    private(set) var now = NIODeadline.now()
    /// The `server` and `date` lines of every response.
    private(set) var commonLines: [UInt8] = []
    #if HTTP2
    /// The same as HTTP/2 has them.
    private(set) var commonFields: [(name: String, value: String)] = []
    #endif

    private var connections: [any ServedConnection] = []
    private var readBuffer: ByteBuffer?
    private var writeBuffer: ByteBuffer?
    private var ticker: RepeatedTask?
    /// The WebSockets with something to send at the end of this turn.
    private var unflushed: [WebSocketConnection] = []

    private static let tick = TimeAmount.milliseconds(500)
    static let readSize = 16 * 1024
    static let writeSize = 16 * 1024

    init(eventLoop: any EventLoop, context: ServerContext) {
        self.eventLoop = eventLoop
        self.executor = LoopExecutor(eventLoop)
        self.context = context
        self.timeouts = Timeouts(context.limits)
    }

    func start() {
        self.refreshDate()
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.ticker = self.eventLoop.scheduleRepeatedTask(initialDelay: Self.tick, delay: Self.tick) { _ in
            bound.value.ticked()
        }
    }

    func stop() {
        self.ticker?.cancel()
    }

    private func ticked() {
        self.now = .now()
        self.refreshDate()
        // A connection that is closed by its tick leaves the array, and the last takes its place.
        for connection in self.connections { connection.tick(self.now) }
    }

    private func refreshDate() {
        var lines = ByteBuffer()
        lines.writeString(self.context.serverLine)
        lines.writeStaticString("date: ")
        lines.writeHTTPDate(.now)
        lines.writeStaticString("\r\n")
        self.commonLines = Array(lines.readableBytesView)
        #if HTTP2
        self.commonFields = Array(Headers(lines: lines))
        #endif
    }
}

/// The times of `Limits` as event loops count: converting one for each request would show.
struct Timeouts {
    let head: TimeAmount
    let body: TimeAmount
    let idle: TimeAmount
    let write: TimeAmount

    init(_ limits: Limits) {
        self.head = TimeAmount(limits.headTimeout)
        self.body = TimeAmount(limits.bodyTimeout)
        self.idle = TimeAmount(limits.idleTimeout)
        self.write = TimeAmount(limits.writeTimeout)
    }
}

// MARK: - Connections

/// A connection as its event loop sees it.
protocol ServedConnection: AnyObject {
    /// Where it stands in the loop's list.
    var place: Int { get set }
    /// Closes what has waited too long.
    func tick(_ now: NIODeadline)
    /// Finishes what is in flight, takes nothing new, and closes.
    func drain()
    /// Closes now.
    func abort()
}

extension LoopState {
    func add(_ connection: any ServedConnection) {
        connection.place = self.connections.count
        self.connections.append(connection)
    }

    func remove(_ connection: any ServedConnection) {
        let last = self.connections.removeLast()
        guard last !== connection else { return }
        last.place = connection.place
        self.connections[connection.place] = last
    }

    func drain() {
        for connection in self.connections { connection.drain() }
    }

    func abort() {
        for connection in self.connections { connection.abort() }
    }
}

extension LoopState {
    /// Has a WebSocket send what it has, together with what it may still get in this turn.
    func flushLater(_ connection: WebSocketConnection) {
        self.unflushed.append(connection)
        guard self.unflushed.count == 1 else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.eventLoop.execute { bound.value.flush() }
    }

    private func flush() {
        let connections = self.unflushed
        self.unflushed = []
        for connection in connections { connection.flushNow() }
    }
}

// MARK: - Buffers

/// A loop runs one connection at a time, so one buffer to read into and one to write from serve all: an idle
/// connection holds none. What a handler keeps of one is no longer unique, and the next user gets a new one.
extension LoopState {
    func takeReadBuffer() -> ByteBuffer { Self.emptied(self.readBuffer.take(), size: Self.readSize) }

    func giveBackReadBuffer(_ buffer: consuming ByteBuffer) {
        if buffer.capacity == Self.readSize { self.readBuffer = buffer }
    }

    func takeWriteBuffer() -> ByteBuffer { Self.emptied(self.writeBuffer.take(), size: Self.writeSize) }

    func giveBackWriteBuffer(_ buffer: consuming ByteBuffer) {
        if buffer.capacity <= 4 * Self.writeSize { self.writeBuffer = buffer }
    }

    /// The buffer without its content, where nobody else has it; otherwise a new one.
    private static func emptied(_ buffer: consuming ByteBuffer?, size: Int) -> ByteBuffer {
        // `ByteBuffer.clear` does as much, and costs more.
        let isUnshared: Void? = buffer?.modifyIfUniquelyOwned {
            $0.moveReaderIndex(to: 0)
            $0.moveWriterIndex(to: 0)
        }
        if isUnshared != nil, let buffer = buffer.take() { return buffer }
        return ByteBufferAllocator().buffer(capacity: size)
    }
}
