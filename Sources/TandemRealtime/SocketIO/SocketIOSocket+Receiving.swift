// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

extension SocketIOSocket {
    /// Takes a packet of the client; an event's listeners have begun when it returns.
    func receive(_ packet: SocketIOPacket) async {
        switch packet.kind {
        case .event: if let payload = packet.payload { await self.receive(payload, acknowledgedBy: packet.id) }
        case .ack: if let id = packet.id, let payload = packet.payload { self.acknowledge(id, .success(payload)) }
        case .disconnect: self.closed(.clientNamespaceDisconnect)
        case .connect, .connectError: break
        }
    }

    private func receive(_ payload: SocketIOPayload, acknowledgedBy id: Int?) async {
        let listeners = self.state.withLock { $0.phase == .connected ? $0.listeners : nil }
        guard let listeners, let event = SocketIOEvent(payload) else { return }
        for listener in listeners.any { listener(event) }
        let isHeard = listeners.events.contains { $0.name == event.name }
        guard isHeard || !listeners.middleware.isEmpty else { return }
        await self.client.beginHandling()
        Task.immediate {
            await self.handle(event, acknowledgedBy: id, listeners)
            self.client.endHandling()
        }
    }

    private func handle(_ event: SocketIOEvent, acknowledgedBy id: Int?, _ listeners: SocketListeners) async {
        do {
            for middleware in listeners.middleware { try await middleware(event) }
        } catch {
            return self.report(error)
        }
        // Others may have come while the middleware ran.
        let handlers = listeners.middleware.isEmpty ? listeners.events : self.state.withLock { $0.listeners.events }
        var id = id
        for handler in handlers where handler.name == event.name {
            do {
                let answer = try await handler.run(event)
                if let asked = id {
                    id = nil
                    self.sendAcknowledgement(asked, answer)
                }
            } catch {
                self.report(error)
            }
        }
    }

    private func sendAcknowledgement(_ id: Int, _ payload: SocketIOPayload) {
        guard self.connected else { return }
        let packet = SocketIOPacket(.ack, namespace: self.namespace.name, id: id, payload: payload)
        self.client.session.send(packet.messages)
    }

    // MARK: - Acknowledgements

    /// Has a closure called when the client acknowledges an event, or goes.
    func expectAcknowledgement(_ id: Int, _ acknowledged: @escaping Acknowledged) {
        let isConnected = self.state.withLock { state in
            guard state.phase == .connected else { return false }
            state.acknowledgements[id] = acknowledged
            return true
        }
        if !isConnected { acknowledged(.failure(.disconnected)) }
    }

    func forgetAcknowledgement(_ id: Int) {
        _ = self.state.withLock { $0.acknowledgements.removeValue(forKey: id) }
    }

    func acknowledge(_ id: Int, _ result: Result<SocketIOPayload, SocketIOError>) {
        self.state.withLock { $0.acknowledgements.removeValue(forKey: id) }?(result)
    }

    // MARK: - The end

    /// Disconnects it from its namespace.
    ///
    /// - Parameter close: Whether the client's connection is closed, with all of its sockets.
    public func disconnect(close: Bool = false) {
        if close { return self.client.disconnect() }
        guard self.connected else { return }
        self.client.session.send(SocketIOPacket(.disconnect, namespace: self.namespace.name).messages)
        self.closed(.serverNamespaceDisconnect)
    }

    /// Has it leave everything, and tells its listeners; once.
    func closed(_ reason: DisconnectReason) {
        let listeners: SocketListeners? = self.state.withLock { state in
            guard state.phase == .connected else { return nil }
            state.phase = .closing
            return state.listeners
        }
        guard let listeners else { return }
        let adapter = self.namespace.adapter
        if let pid, reason.isRecoverable {
            let rooms = adapter.local.rooms(of: self)
            adapter.persistSession(SocketIOSession(sid: self.id, pid: pid, rooms: rooms, data: self.data))
        }
        for listener in listeners.disconnecting { Task.immediate { await listener(reason) } }
        adapter.local.remove(self)
        self.client.remove(self)
        let unanswered = self.state.withLock { state in
            defer {
                state.phase = .closed
                state.acknowledgements = [:]
                state.listeners = SocketListeners()
            }
            return state.acknowledgements.values
        }
        for acknowledged in unanswered { acknowledged(.failure(.disconnected)) }
        for listener in listeners.disconnect { Task.immediate { await listener(reason) } }
        self.namespace.left()
    }
}

extension DisconnectReason {
    /// Whether a client that went for it may come back to what it had.
    fileprivate var isRecoverable: Bool {
        switch self {
        case .transportError, .transportClose, .forcedClose, .forcedServerClose, .pingTimeout, .serverShuttingDown: true
        case .serverNamespaceDisconnect, .clientNamespaceDisconnect, .parseError: false
        }
    }
}
