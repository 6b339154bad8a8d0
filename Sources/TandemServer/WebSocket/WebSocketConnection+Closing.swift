// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// How a WebSocket ends (RFC 6455, section 7).
extension WebSocketConnection: ServedConnection {
    private static let lingerTimeout = TimeAmount.seconds(2)

    /// Begins to close; the client has to agree.
    ///
    /// - Parameter cancels: Whether a handler that never asks for messages is told by its cancellation.
    func close(_ code: WebSocketCloseCode, reason: String, cancels: Bool = false) {
        guard self.phase == .open else { return }
        self.phase = .closing
        self.deadline = self.loop.now + TimeAmount(self.settings.closeTimeout)
        self.endMessages(WebSocketError(code, reason), isNormal: code != .tryAgainLater, cancels: cancels)
        self.dropMessages()
        self.write(.close(code, reason: reason))
        self.updateReading()
        self.process()
    }

    /// The client closes, or agrees to.
    func clientClosed(_ code: WebSocketCloseCode, _ reason: String) {
        if self.phase == .open { self.write(.close(code, reason: "")) }
        self.end(WebSocketError(code, reason), isNormal: code.isNormal)
    }

    /// The client has broken the protocol; what it says to a close does not matter.
    func fail(_ error: WebSocketError) {
        if self.phase == .open { self.write(.close(error.code, reason: error.reason)) }
        self.end(error, isNormal: false)
    }

    /// Takes nothing more from the client, and closes once all is written.
    private func end(_ error: WebSocketError, isNormal: Bool) {
        self.phase = .ending
        self.deadline = self.loop.now + TimeAmount(self.settings.closeTimeout)
        self.endMessages(error, isNormal: isNormal)
        self.flushLater()
    }

    /// The last byte is with the client's socket: a close with unread bytes would reset the connection, and the client
    /// might not see our close frame.
    func allSent() {
        guard let transport = self.transport else { return }
        if self.inputIsClosed { return transport.close() }
        self.phase = .lingering
        self.deadline = self.loop.now + Self.lingerTimeout
        transport.closeOutput()
        self.updateReading()
    }

    /// The handler has returned, or failed.
    func served(_ error: (any Error)?) {
        switch error {
        case nil, is CancellationError, is WebSocketError:
            self.close(.normal, reason: "")
        case let error?:
            self.failure = error
            self.close(.internalError, reason: "")
        }
    }

    /// Notes that the client has been heard.
    func clientIsThere() {
        guard self.phase == .open else { return }
        self.awaitsPong = false
        self.deadline = self.settings.pingInterval.map { self.loop.now + TimeAmount($0) } ?? .distantFuture
    }

    func tick(_ now: NIODeadline) {
        let pending = self.transport?.pendingBytes ?? 0
        if self.stall.isStalled(pending, now: now, limit: self.loop.timeouts.write) { return self.abort() }
        guard now > self.deadline else { return }
        if self.phase != .open {
            self.abort()
        } else if !self.isReading {
            // Its answer could not be read.
            self.clientIsThere()
        } else if self.awaitsPong {
            self.endMessages(WebSocketError(.abnormal, "The client did not answer a ping in time."), isNormal: false)
            self.abort()
        } else {
            self.awaitsPong = true
            self.deadline = now + TimeAmount(self.settings.pingTimeout)
            self.write(.ping)
        }
    }

    func drain() {
        self.close(.goingAway, reason: "The server shuts down.", cancels: true)
    }

    func abort() {
        self.transport?.close()
    }
}
