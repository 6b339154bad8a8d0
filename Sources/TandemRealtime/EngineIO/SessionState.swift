// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// What is known of a session; each function changes it at once, and says what is to be done.
struct SessionState {
    private enum Phase: Equatable {
        case open
        /// Ended, with packets left that the client may fetch for a while.
        case closing(until: Int64)
        case closed
    }

    /// How long an ended session keeps what the client has not fetched: 30 seconds.
    private static let closeTimeout: Int64 = 30_000

    private var phase = Phase.open
    private(set) var closeReason: DisconnectReason?
    private var receiver: (any EngineReceiver)?
    private var heartbeat: Heartbeat
    /// The WebSocket that it is on; `nil` while it is on polling.
    private var socket: WebSocket?
    /// A WebSocket that the client tries.
    private var upgrade: Upgrade?
    private var attempts: UInt32 = 0
    /// What waits for a request to take it.
    private var queue: [EnginePacket] = []
    private var queuedBytes = 0
    /// The request that waits for packets.
    private var poll: WaitingPoll?
    /// Whether a request is delivering packets.
    private var isPosting = false
    /// When the session is looked at next.
    var scheduled: Int64?

    private struct Upgrade {
        let attempt: UInt32
        let socket: WebSocket
        let deadline: Int64
        var isProbed = false
    }

    init(_ heartbeat: Heartbeat, _ socket: WebSocket?) {
        self.heartbeat = heartbeat
        self.socket = socket
    }

    var isWritable: Bool { self.phase == .open && (self.socket != nil || self.poll != nil) }
    /// The WebSocket that it is on, while it takes messages.
    var openSocket: WebSocket? { self.phase == .open ? self.socket : nil }
    var transport: EngineTransport { self.socket == nil ? .polling : .websocket }

    /// The next time to look, where it has to be scheduled.
    mutating func newDeadline() -> Int64? {
        let due: Int64
        switch self.phase {
        case .open: due = min(self.heartbeat.due, self.upgrade?.deadline ?? .max)
        case .closing(let until): due = until
        case .closed: return nil
        }
        if let scheduled, scheduled <= due { return nil }
        self.scheduled = due
        return due
    }

    mutating func open(for receiver: any EngineReceiver, _ effects: inout SessionEffects) {
        if let closeReason {
            effects.closed = (receiver, closeReason)
        } else {
            self.receiver = receiver
        }
    }

    // MARK: - The end

    /// Ends it once the client has fetched what there is.
    mutating func close(_ reason: DisconnectReason, at now: Int64, _ effects: inout SessionEffects) {
        guard self.phase == .open else { return }
        guard self.poll == nil, self.socket == nil else { return self.end(reason, &effects) }
        self.tell(reason, &effects)
        self.phase = .closing(until: now + Self.closeTimeout)
    }

    /// Ends it at once; a request that waits gets a last packet.
    mutating func end(_ reason: DisconnectReason, last: EnginePacket = .close, _ effects: inout SessionEffects) {
        guard self.phase != .closed else { return }
        self.tell(reason, &effects)
        self.phase = .closed
        self.queue = []
        effects.isRemoved = true
        if let socket { effects.sockets.append(socket) }
        if let upgrade { effects.sockets.append(upgrade.socket) }
        self.upgrade = nil
        self.answer(.packets([last]), &effects)
    }

    private mutating func tell(_ reason: DisconnectReason, _ effects: inout SessionEffects) {
        guard self.closeReason == nil else { return }
        self.closeReason = reason
        if let receiver { effects.closed = (receiver, reason) }
        self.receiver = nil
    }

    /// Looks at the time; `false` once nothing is left of the session.
    mutating func tick(at now: Int64, _ effects: inout SessionEffects) -> Bool {
        switch self.phase {
        case .closed: break
        case .closing(let until): if now >= until { self.end(.forcedClose, &effects) }
        case .open:
            if let upgrade, now >= upgrade.deadline {
                effects.sockets.append(upgrade.socket)
                self.upgrade = nil
            }
            switch self.heartbeat.tick(at: now) {
            case .nothing: break
            case .ping: self.post(.ping(""), &effects)
            case .giveUp: self.end(.pingTimeout, &effects)
            }
        }
        return self.phase != .closed
    }

    // MARK: - To the client

    mutating func send(_ messages: [EngineMessage], isVolatile: Bool, limit: Int, _ effects: inout SessionEffects) {
        guard self.phase == .open else { return }
        // While the lock is held, so that what is sent first is.
        if let socket { return socket.post(messages.map(\.onWebSocket), isVolatile: isVolatile) }
        if isVolatile, self.poll == nil { return }
        for message in messages { self.enqueue(.message(message)) }
        self.flush(&effects)
        if self.queuedBytes > limit { self.end(.transportError, &effects) }
    }

    private mutating func post(_ packet: EnginePacket, _ effects: inout SessionEffects) {
        if let socket { return socket.post([packet.onWebSocket]) }
        self.enqueue(packet)
        self.flush(&effects)
    }

    private mutating func enqueue(_ packet: EnginePacket) {
        self.queue.append(packet)
        self.queuedBytes += packet.byteCount
    }

    /// Gives a request that waits what there is.
    private mutating func flush(_ effects: inout SessionEffects) {
        guard self.poll != nil, !self.queue.isEmpty else { return }
        self.answer(.packets(self.takeQueue()), &effects)
    }

    private mutating func takeQueue() -> [EnginePacket] {
        defer {
            self.queue = []
            self.queuedBytes = 0
        }
        return self.queue
    }

    private mutating func answer(_ outcome: PollOutcome, _ effects: inout SessionEffects) {
        guard let poll else { return }
        effects.poll = (poll, outcome)
        self.poll = nil
    }

    // MARK: - Requests for packets

    /// What a request for packets is answered with; `nil` where it has to wait.
    mutating func poll(_ effects: inout SessionEffects) -> PollOutcome? {
        switch self.phase {
        case .closed: return .gone
        case .closing:
            let packets = self.takeQueue() + [.close]
            self.end(.forcedClose, &effects)
            return .packets(packets)
        case .open:
            guard self.socket == nil else { return .gone }
            if self.poll != nil {
                self.end(.transportError, &effects)
                return .overlap
            }
            if !self.queue.isEmpty { return .packets(self.takeQueue()) }
            // The client waits for the end of this request, to go on by its WebSocket.
            return self.upgrade?.isProbed == true ? .packets([.noop]) : nil
        }
    }

    mutating func nextAttempt() -> UInt32 {
        self.attempts &+= 1
        return self.attempts
    }

    mutating func wait(_ poll: WaitingPoll) { self.poll = poll }

    /// The client has closed the connection of a request that waits.
    mutating func cancelPoll(_ number: UInt32, _ effects: inout SessionEffects) {
        guard let poll, poll.number == number else { return }
        self.answer(.gone, &effects)
        self.end(.transportError, &effects)
    }

    // MARK: - The move to a WebSocket

    /// Notes that the client tries a WebSocket; `nil` where it is on one, or tries another.
    mutating func beginUpgrade(to socket: WebSocket, until deadline: Int64) -> UInt32? {
        guard self.phase == .open, self.socket == nil, self.upgrade == nil else { return nil }
        let attempt = self.nextAttempt()
        self.upgrade = Upgrade(attempt: attempt, socket: socket, deadline: deadline)
        return attempt
    }

    /// The client has an answer by the WebSocket: nothing has to wait for its last request any more.
    mutating func probed(_ attempt: UInt32, _ effects: inout SessionEffects) {
        guard self.upgrade?.attempt == attempt else { return }
        self.upgrade?.isProbed = true
        self.answer(.packets([.noop]), &effects)
    }

    /// Goes on by the WebSocket; `false` where the client is not done with its requests, or the attempt is over.
    mutating func completeUpgrade(_ attempt: UInt32, at now: Int64, _ effects: inout SessionEffects) -> Bool {
        guard let upgrade, upgrade.attempt == attempt, !self.isPosting else { return false }
        self.upgrade = nil
        self.socket = upgrade.socket
        self.answer(.packets([.noop]), &effects)
        // The answer to a ping may have been lost with the last request.
        self.heartbeat.heard(at: now)
        for packet in self.takeQueue() { upgrade.socket.post([packet.onWebSocket]) }
        if self.closeReason != nil { self.end(.forcedClose, &effects) }
        return true
    }

    mutating func cancelUpgrade(_ attempt: UInt32) {
        if self.upgrade?.attempt == attempt { self.upgrade = nil }
    }

    // MARK: - From the client

    /// A request begins to deliver packets; `false` where another does so already, which ends the session.
    mutating func beginPost(_ effects: inout SessionEffects) -> Bool {
        guard !self.isPosting else {
            self.end(.transportError, &effects)
            return false
        }
        self.isPosting = true
        return true
    }

    mutating func endPost() { self.isPosting = false }

    /// Who takes a message now; `nil` where the session has ended.
    mutating func receiver(at now: () -> Int64) -> (any EngineReceiver)? {
        if self.heartbeat.isWaiting { self.heartbeat.heard(at: now()) }
        return self.receiver
    }

    mutating func pong(at now: Int64) {
        if self.phase == .open { self.heartbeat.pong(at: now) }
    }
}
