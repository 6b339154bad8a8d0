// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// What a client is given time for.
enum Awaited {
    case nothing, request, head, body
}

/// How a connection ends.
extension HTTP1Connection: ServedConnection {
    private static let lingerTimeout = TimeAmount.seconds(2)

    func wait(for awaited: Awaited) {
        self.awaited = awaited
        self.deadline =
            switch awaited {
            case .nothing: .distantFuture
            case .request: self.loop.now + TimeAmount(self.limits.idleTimeout)
            case .head: self.loop.now + TimeAmount(self.limits.headTimeout)
            case .body: self.loop.now + TimeAmount(self.limits.bodyTimeout)
            }
    }

    func tick(_ now: NIODeadline) {
        guard let channel = self.channel else { return }
        let writes = self.phase == .closing || !channel.channel.isWritable
        if self.stall.isStalled(channel, writes: writes, now: now, limit: TimeAmount(self.limits.writeTimeout)) {
            return self.abort()
        }
        guard now > self.deadline else { return }
        switch (self.phase, self.awaited) {
        case (.open, .head):
            self.refuse(HTTPError(.requestTimeout, "The request's head did not arrive in time."))
            self.flush()
        case (.open, .body) where self.current?.isAnswered == false:
            self.wait(for: .nothing)
            self.current?.keepsAlive = false
            let error = HTTPError(.requestTimeout, "The request's body did not arrive in time.")
            self.current?.exchange?.resumeReader(throwing: error)
        case (.open, .request):
            self.closeAfterFlush()
        default:
            self.abort()
        }
    }

    func drain() {
        guard self.phase == .open, self.awaited == .request else { return }
        self.deadline = self.loop.now + TimeAmount(self.loop.context.configuration.shutdownIdleGrace)
    }

    func abort() {
        self.channel?.close(promise: nil)
    }

    /// Half closes once all is written, and drops what comes until the client closes too.
    func closeAfterFlush() {
        guard self.phase == .open || self.phase == .inputClosed, let channel = self.channel else { return }
        let inputWasClosed = self.phase == .inputClosed
        self.phase = .closing
        self.wait(for: .nothing)
        self.input = ByteBuffer()
        self.flush()
        // Nothing is written by this write, but it is done once all before it is.
        let written = self.loop.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: self.loop.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.lastResponseWritten(inputWasClosed: inputWasClosed) }
        channel.writeAndFlush(self.wrapOutboundOut(.byteBuffer(ByteBuffer())), promise: written)
    }

    private func lastResponseWritten(inputWasClosed: Bool) {
        guard self.phase == .closing, let channel = self.channel else { return }
        if inputWasClosed { return self.abort() }
        self.phase = .lingering
        self.deadline = self.loop.now + Self.lingerTimeout
        channel.close(mode: .output, promise: nil)
        self.resumeReading()
    }
}

/// Notices a client that takes nothing of what is written to it.
struct WriteStall {
    private var pending = 0
    private var since: NIODeadline?

    /// Whether nothing was taken for longer than `limit`.
    mutating func isStalled(
        _ channel: ChannelHandlerContext, writes: Bool, now: NIODeadline, limit: TimeAmount
    ) -> Bool {
        guard writes, let pending = try? channel.channel.syncOptions?.getOption(.bufferedWritableBytes) else {
            self.since = nil
            return false
        }
        guard let since = self.since, pending == self.pending else {
            self.pending = pending
            self.since = now
            return false
        }
        return now - since > limit
    }
}
