// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// A way to send events to one client: `socket.volatile.emit(…)`, `socket.timeout(.seconds(5)).emitWithAck(…)`.
public struct SocketEmitter: Sendable {
    let socket: SocketIOSocket
    var flags = BroadcastFlags()

    /// Drops what the client cannot take at the moment, rather than to keep it waiting.
    public var volatile: SocketEmitter { self.with { $0.isVolatile = true } }

    /// Says whether what is sent may be compressed.
    public func compress(_ compress: Bool) -> SocketEmitter { self.with { $0.compress = compress } }

    /// Waits so long for acknowledgements; else as long as the client is there.
    public func timeout(_ timeout: Duration) -> SocketEmitter { self.with { $0.timeout = timeout } }

    private func with(_ change: (inout BroadcastFlags) -> Void) -> SocketEmitter {
        var copy = self
        change(&copy.flags)
        return copy
    }

    /// Sends an event; nothing where the socket is not connected.
    public func emit<each Argument: Schema>(_ event: String, _ arguments: repeat each Argument) {
        guard self.socket.mayEmit(event) else { return }
        let namespace = self.socket.namespace
        let payload = SocketIOPayload(event: event, repeat each arguments)
        let packet = SocketIOPacket(.event, namespace: namespace.name, payload: payload)
        if self.socket.pid != nil {
            // By the adapter, which keeps it for a client that comes back.
            namespace.adapter.broadcast(packet, BroadcastOptions(rooms: [self.socket.id], flags: self.flags))
        } else if self.socket.connected {
            self.send(packet)
        }
    }

    /// Sends an event, and waits for the acknowledgement.
    ///
    /// - Parameters:
    ///   - event: Its name.
    ///   - arguments: What it carries.
    ///   - type: What the client answers with; an optional one where that may be nothing.
    /// - Returns: The first argument of the acknowledgement.
    /// - Throws: `SocketIOError.timedOut` after ``timeout(_:)``, `SocketIOError.disconnected` where the client goes,
    ///   `ValidationError` where it answers something else, and `CancellationError`.
    public func emitWithAck<each Argument: Schema, Answer: Schema>(
        _ event: String,
        _ arguments: repeat each Argument,
        as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        guard self.socket.mayEmit(event) else { throw SocketIOError("\(event) is a reserved event name") }
        let payload = SocketIOPayload(event: event, repeat each arguments)
        return try await self.acknowledgement(of: payload).values(as: type)
    }

    private func acknowledgement(of payload: SocketIOPayload) async throws -> SocketIOPayload {
        let socket = self.socket
        let id = socket.namespace.adapter.local.nextAcknowledgementID()
        let packet = SocketIOPacket(.event, namespace: socket.namespace.name, id: id, payload: payload)
        let timer = self.flags.timeout.map { timeout in
            Task {
                try await Task.sleep(for: timeout)
                socket.acknowledge(id, .failure(.timedOut))
            }
        }
        defer { timer?.cancel() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                socket.expectAcknowledgement(id) { continuation.resume(returning: $0) }
                if Task.isCancelled { return socket.acknowledge(id, .failure(.timedOut)) }
                self.send(packet)
            }
        } onCancel: {
            socket.acknowledge(id, .failure(.timedOut))
        }
        try Task.checkCancellation()
        return try result.get()
    }

    private func send(_ packet: SocketIOPacket) {
        if let payload = packet.payload { self.socket.tellOutgoingListeners(payload) }
        self.socket.client.session.send(packet.messages, isVolatile: self.flags.isVolatile)
    }
}

extension SocketIOSocket {
    /// Whether an event may have a name; where not, the listeners of errors are told.
    fileprivate func mayEmit(_ event: String) -> Bool {
        guard SocketIOEvent.reservedNames.contains(event) else { return true }
        self.report(SocketIOError("\(event) is a reserved event name"))
        return false
    }
}
