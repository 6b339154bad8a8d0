// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP

/// A client, over whichever transport it is on, from its handshake to its end.
package final class EngineSession: Sendable {
    /// What the client calls itself in its requests: whoever knows it can speak as the client.
    package let id: String
    /// The request that it connected with.
    package let handshake: Handshake
    let sessions: EngineSessions
    private let state: Mutex<SessionState>

    init(_ handshake: Handshake, in sessions: EngineSessions, on socket: WebSocket? = nil) {
        self.id = SessionID.make()
        self.handshake = handshake
        self.sessions = sessions
        let now = EngineSessions.now
        let heartbeat = Heartbeat(interval: sessions.pingInterval, timeout: sessions.pingTimeout, now: now)
        self.state = Mutex(SessionState(heartbeat, socket))
    }

    /// The transport that it is on.
    package var transport: EngineTransport { self.state.withLock { $0.transport } }

    /// Whether the client is there to take what is sent now.
    package var isWritable: Bool { self.state.withLock { $0.isWritable } }

    /// Why it ended; `nil` while it lives.
    package var closeReason: DisconnectReason? { self.state.withLock { $0.closeReason } }

    /// Gives it to the layer above; before that, nothing is received.
    func open(for receiver: any EngineReceiver) {
        self.update { state, effects in state.open(for: receiver, &effects) }
    }

    /// Sends messages, and never waits.
    ///
    /// - Parameters:
    ///   - messages: The messages.
    ///   - isVolatile: Whether they are dropped where the client takes nothing at the moment. Other messages wait, and
    ///     a client that has `sendQueueBytes` of them waiting is closed.
    package func send(_ messages: [EngineMessage], isVolatile: Bool = false) {
        let limit = self.sessions.sendQueueBytes
        self.update { state, effects in state.send(messages, isVolatile: isVolatile, limit: limit, &effects) }
    }

    /// Sends messages to many clients, as to one; they are encoded once, and those of one event
    /// loop cost one hop together.
    package static func send(
        _ messages: [EngineMessage],
        to sessions: some Sequence<EngineSession>,
        isVolatile: Bool = false
    ) {
        var sockets: [WebSocket] = []
        for session in sessions {
            if let socket = session.state.withLock({ $0.openSocket }) {
                sockets.append(socket)
            } else {
                session.send(messages, isVolatile: isVolatile)
            }
        }
        guard !sockets.isEmpty else { return }
        let frames = messages.map { WebSocketFrame($0.onWebSocket) }
        WebSocket.post(frames, to: sockets, isVolatile: isVolatile)
    }

    /// Ends it, once what was sent before has gone to the client; its receiver is told at once.
    package func close(_ reason: DisconnectReason) {
        let now = EngineSessions.now
        self.update { state, effects in state.close(reason, at: now, &effects) }
    }

    /// Ends it at once, since its client or its transport failed.
    func fail(_ reason: DisconnectReason) {
        self.update { state, effects in state.end(reason, &effects) }
    }

    /// Looks at the time.
    ///
    /// - Parameter scheduled: The time that it was scheduled for, where it was.
    /// - Returns: Whether it goes on, for its client at least.
    @discardableResult
    func tick(scheduled: Int64? = nil) -> Bool {
        let now = EngineSessions.now
        return self.update { state, effects in
            if let scheduled {
                guard state.scheduled == scheduled else { return true }
                state.scheduled = nil
            }
            return state.tick(at: now, &effects)
        }
    }

    /// Changes the state, and does afterwards what that has brought about.
    func update<Result: Sendable>(_ body: (inout SessionState, inout SessionEffects) -> Result) -> Result {
        var effects = SessionEffects()
        let result = self.state.withLock { state in
            let result = body(&state, &effects)
            effects.deadline = state.newDeadline()
            return result
        }
        effects.perform(for: self)
        return result
    }
}

/// What is done once a session's state has changed and its lock is free.
struct SessionEffects {
    /// A request that waited, and what it is answered with.
    var poll: (waiting: WaitingPoll, outcome: PollOutcome)?
    /// WebSockets that nobody needs any more.
    var sockets: [WebSocket] = []
    /// Who is told that the session has ended, and why.
    var closed: (receiver: any EngineReceiver, reason: DisconnectReason)?
    /// Whether the session is not to be found any more.
    var isRemoved = false
    /// When the session is to be looked at again.
    var deadline: Int64?

    func perform(for session: EngineSession) {
        if let poll { poll.waiting.continuation.resume(returning: poll.outcome) }
        for socket in self.sockets { socket.close() }
        if self.isRemoved { session.sessions.remove(session) }
        if let closed { closed.receiver.closed(closed.reason) }
        if let deadline { session.sessions.schedule(session, at: deadline) }
    }
}
