// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemSchema

extension LocalSockets {
    /// Sends a packet to sockets of this process; it is encoded once.
    public func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
        self.tellOutgoingListeners(of: self.deliver(packet, options), packet)
    }

    /// Sends a packet to sockets, and returns them.
    func deliver(_ packet: SocketIOPacket, _ options: BroadcastOptions) -> [SocketIOSocket] {
        var packet = packet
        packet.namespace = self.namespace
        let sockets = self.sockets(options)
        self.send(packet, to: sockets, options.flags)
        return sockets
    }

    /// Tells those of sockets that something was sent.
    func tellOutgoingListeners(of sockets: [SocketIOSocket], _ packet: SocketIOPacket) {
        guard self.hasOutgoingListeners.load(ordering: .relaxed), let payload = packet.payload else { return }
        for socket in sockets { socket.tellOutgoingListeners(payload) }
    }

    /// Sends an event that sockets of this process acknowledge.
    ///
    /// - Parameters:
    ///   - packet: The event; its `id` is set.
    ///   - options: Whom it is for; beyond their `timeout`, answers are not taken any more.
    ///   - clientCount: Called once, with the number of sockets that are asked.
    ///   - acknowledgement: Called for each answer.
    public func broadcastWithAck(
        _ packet: SocketIOPacket,
        _ options: BroadcastOptions,
        clientCount: @escaping @Sendable (Int) -> Void,
        acknowledgement: @escaping @Sendable (SocketIOPayload) -> Void
    ) {
        let id = self.nextAcknowledgementID()
        var packet = packet
        packet.namespace = self.namespace
        packet.id = id
        let sockets = self.sockets(options)
        for socket in sockets {
            socket.expectAcknowledgement(id) { result in
                if case .success(let payload) = result { acknowledgement(payload) }
            }
        }
        self.send(packet, to: sockets, options.flags)
        self.tellOutgoingListeners(of: sockets, packet)
        clientCount(sockets.count)
        Task {
            try? await Task.sleep(for: options.flags.timeout ?? BroadcastOperator.defaultTimeout)
            for socket in sockets { socket.forgetAcknowledgement(id) }
        }
    }

    /// Sends a packet to sockets; all of those that are on one event loop cost one hop to it.
    private func send(_ packet: SocketIOPacket, to sockets: [SocketIOSocket], _ flags: BroadcastFlags) {
        guard !sockets.isEmpty else { return }
        EngineSession.send(packet.messages, to: sockets.lazy.map(\.client.session), isVolatile: flags.isVolatile)
    }

    /// Has sockets of this process join rooms.
    public func addSockets(_ options: BroadcastOptions, to rooms: [String]) {
        for socket in self.sockets(options) { self.join(socket, rooms) }
    }

    /// Has sockets of this process leave rooms.
    public func delSockets(_ options: BroadcastOptions, from rooms: [String]) {
        for socket in self.sockets(options) {
            for room in rooms { self.leave(socket, room) }
        }
    }

    /// Disconnects sockets of this process; with `close`, their connections too.
    public func disconnectSockets(_ options: BroadcastOptions, close: Bool) {
        for socket in self.sockets(options) { socket.disconnect(close: close) }
    }

    /// The sockets of this process.
    public func fetchSockets(_ options: BroadcastOptions) -> [SocketDetails] {
        self.sockets(options).map(\.details)
    }

    /// Gives an event of another process to the namespace's listeners.
    ///
    /// - Returns: What the first of them answers, an array; `nil` where there is none, or it throws.
    @discardableResult
    public func receiveServerSide(_ event: SocketIOPayload) async -> SocketIOPayload? {
        guard let event = SocketIOEvent(event) else { return nil }
        var answer: SocketIOPayload?
        for handler in self.serverSideHandlers.withLock({ $0 }) where handler.name == event.name {
            let result = try? await handler.run(event)
            answer = answer ?? result
        }
        return answer
    }
}
