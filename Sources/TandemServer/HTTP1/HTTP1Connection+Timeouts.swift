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
            case .request: self.loop.now + self.idleTimeout
            case .head: self.loop.now + self.loop.timeouts.head
            case .body: self.loop.now + self.loop.timeouts.body
            }
    }

    /// A server that shuts down does not wait long for one more request.
    private var idleTimeout: TimeAmount {
        if !self.loop.context.isDraining { return self.loop.timeouts.idle }
        return TimeAmount(self.loop.context.configuration.shutdownIdleGrace)
    }

    func tick(_ now: NIODeadline) {
        let pending = self.transport?.pendingBytes ?? 0
        if self.stall.isStalled(pending, now: now, limit: self.loop.timeouts.write) { return self.abort() }
        guard now > self.deadline else { return }
        switch (self.phase, self.awaited) {
        case (.open, .head):
            self.refuse(HTTPError(.requestTimeout, "The request's head did not arrive in time."))
            self.flush()
        case (.open, .body) where self.current.stage == .unanswered:
            self.wait(for: .nothing)
            self.current.keepsAlive = false
            let error = HTTPError(.requestTimeout, "The request's body did not arrive in time.")
            self.current.exchange?.resumeReader(throwing: error)
        case (.open, .request):
            self.closeAfterFlush()
        default:
            self.abort()
        }
    }

    func drain() {
        guard self.phase == .open, self.awaited == .request else { return }
        self.wait(for: .request)
    }

    func abort() {
        self.transport?.close()
    }

    /// Half closes once all is written, and drops what comes until the client closes too.
    func closeAfterFlush() {
        guard self.phase == .open || self.phase == .inputClosed, let transport = self.transport else { return }
        self.inputIsClosed = self.phase == .inputClosed
        self.phase = .closing
        self.wait(for: .nothing)
        self.input = nil
        self.flush()
        if transport.pendingBytes == 0 { self.lastResponseWritten() }
    }

    func lastResponseWritten() {
        guard self.phase == .closing, let transport = self.transport else { return }
        if self.inputIsClosed { return transport.close() }
        self.phase = .lingering
        self.deadline = self.loop.now + Self.lingerTimeout
        transport.closeOutput()
        self.updateReading()
    }
}

/// Notices a client that takes nothing of what is written to it.
struct WriteStall {
    private var pending = 0
    private var since = NIODeadline.distantFuture

    /// Whether bytes are pending, and none of them was taken for longer than `limit`.
    mutating func isStalled(_ pending: Int, now: NIODeadline, limit: TimeAmount) -> Bool {
        guard pending > 0, pending == self.pending else {
            self.pending = pending
            self.since = now
            return false
        }
        return now - self.since > limit
    }
}
