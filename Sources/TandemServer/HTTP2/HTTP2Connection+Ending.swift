// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHTTP2
import TandemHTTP

/// How a connection ends.
extension HTTP2Connection: ServedConnection {
    private static let lingerTimeout = TimeAmount.seconds(2)

    func tick(_ now: NIODeadline) {
        guard let channel = self.channel else { return }
        let pending = (try? channel.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        if self.stall.isStalled(pending, now: now, limit: self.loop.timeouts.write) { return self.abort() }
        for stream in self.streams.values { stream.tick(now, limits: self.limits) }
        guard now > self.deadline else { return }
        switch self.phase {
        case .open where self.streams.isEmpty: self.finish()
        case .draining: self.finish()
        case .lingering: self.abort()
        default: break
        }
    }

    /// Answers what the client has sent and what is on its way: the answer to the ping tells that all of it is here.
    func drain() {
        guard self.phase == .open else { return }
        self.phase = .draining
        self.deadline = self.loop.now + TimeAmount(self.loop.context.configuration.shutdownIdleGrace)
        self.writer.writeShutdownNotice()
        self.write(.ping(HTTP2PingData(), ack: false), on: .rootStream)
        self.flush()
    }

    /// Tells the client which stream was the last, and closes once all are done.
    func finish() {
        guard self.phase == .open || self.phase == .draining else { return }
        self.phase = .finishing
        self.writeGoAway(.noError)
        if self.streams.isEmpty { self.closeAfterFlush() }
    }

    /// Cuts off a client that only makes work.
    func endFlood() {
        guard self.phase != .lingering, self.phase != .closed else { return }
        self.writeGoAway(.enhanceYourCalm)
        self.closeStreams()
        self.closeAfterFlush()
    }

    private func writeGoAway(_ code: HTTP2ErrorCode) {
        self.write(.goAway(lastStreamID: self.lastStreamID, errorCode: code, opaqueData: nil), on: .rootStream)
        self.flush()
    }

    /// Half closes once all is written, and drops what comes until the client closes too.
    func closeAfterFlush() {
        guard self.phase != .lingering, self.phase != .closed else { return }
        self.phase = .lingering
        self.deadline = self.loop.now + Self.lingerTimeout
        self.writer.ignoresInput = true
        self.channel?.flush()
        self.channel?.close(mode: .output, promise: nil)
    }

    func abort() {
        self.channel?.close(promise: nil)
    }
}
#endif
