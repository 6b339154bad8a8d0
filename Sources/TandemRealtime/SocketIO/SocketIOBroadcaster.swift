// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// What can send to many: a server, a namespace, and some of its sockets.
public protocol SocketIOBroadcaster: Sendable {
    /// The sockets that are meant.
    var broadcastOperator: BroadcastOperator { get }
}

extension SocketIOBroadcaster {
    /// The sockets of rooms; of several, those that are in any of them. A socket's id is a room of its own.
    public func to(_ rooms: String...) -> BroadcastOperator { self.to(rooms) }

    /// The sockets of rooms; of several, those that are in any of them.
    public func to(_ rooms: some Sequence<String>) -> BroadcastOperator {
        self.broadcastOperator.with { $0.rooms.formUnion(rooms) }
    }

    /// The sockets of rooms; of several, those that are in any of them.
    public func `in`(_ rooms: String...) -> BroadcastOperator { self.to(rooms) }

    /// Leaves the sockets of rooms out.
    public func except(_ rooms: String...) -> BroadcastOperator { self.except(rooms) }

    /// Leaves the sockets of rooms out.
    public func except(_ rooms: some Sequence<String>) -> BroadcastOperator {
        self.broadcastOperator.with { $0.except.formUnion(rooms) }
    }

    /// Drops what a client cannot take at the moment, rather than to keep it waiting.
    public var volatile: BroadcastOperator { self.broadcastOperator.with { $0.flags.isVolatile = true } }

    /// Those of this process alone.
    public var local: BroadcastOperator { self.broadcastOperator.with { $0.flags.isLocal = true } }

    /// Says whether what is sent may be compressed.
    public func compress(_ compress: Bool) -> BroadcastOperator {
        self.broadcastOperator.with { $0.flags.compress = compress }
    }

    /// Waits so long for acknowledgements; 5 seconds where it is not said.
    public func timeout(_ timeout: Duration) -> BroadcastOperator {
        self.broadcastOperator.with { $0.flags.timeout = timeout }
    }

    /// Sends an event; it is encoded once, however many it is for.
    ///
    /// An event by a name that Socket.IO has for itself, such as `connect`, is not sent.
    public func emit<each Argument: Schema>(_ event: String, _ arguments: repeat each Argument) {
        guard !SocketIOEvent.reservedNames.contains(event) else { return }
        let target = self.broadcastOperator
        let payload = SocketIOPayload(event: event, repeat each arguments)
        let packet = SocketIOPacket(.event, namespace: target.adapter.local.namespace, payload: payload)
        target.adapter.broadcast(packet, target.options)
    }

    /// Sends a `message` event.
    public func send<each Argument: Schema>(_ arguments: repeat each Argument) {
        self.emit("message", repeat each arguments)
    }

    /// Sends an event, and waits until all have acknowledged it.
    ///
    /// - Parameters:
    ///   - event: Its name.
    ///   - arguments: What it carries.
    ///   - type: What a client answers with; an optional one where that may be nothing.
    /// - Returns: The first arguments of the acknowledgements, in the order in which they came.
    /// - Throws: `BroadcastTimeoutError` after ``timeout(_:)``, with the answers that came; `ValidationError` where a
    ///   client answers something else.
    public func emitWithAck<each Argument: Schema, Answer: Schema>(
        _ event: String,
        _ arguments: repeat each Argument,
        as type: Answer.Type = Answer.self
    ) async throws -> [Answer] {
        let target = self.broadcastOperator
        let payload = SocketIOPayload(event: event, repeat each arguments)
        let packet = SocketIOPacket(.event, namespace: target.adapter.local.namespace, payload: payload)
        let answers = try await AnswerCollection.collect(packet, target.adapter, target.options)
        return try answers.map { try $0.values(as: type) }
    }

    /// The sockets, in whichever process they are.
    ///
    /// - Throws: What the adapter does, where other processes do not answer.
    public func fetchSockets() async throws -> [RemoteSocket] {
        let target = self.broadcastOperator
        return try await target.adapter.fetchSockets(target.options).map { RemoteSocket($0, target.adapter) }
    }

    /// Has the sockets join rooms.
    public func socketsJoin(_ rooms: String...) {
        self.broadcastOperator.adapter.addSockets(self.broadcastOperator.options, to: rooms)
    }

    /// Has the sockets leave rooms.
    public func socketsLeave(_ rooms: String...) {
        self.broadcastOperator.adapter.delSockets(self.broadcastOperator.options, from: rooms)
    }

    /// Disconnects the sockets.
    ///
    /// - Parameter close: Whether the clients' connections are closed, with all of their sockets.
    public func disconnectSockets(close: Bool = false) {
        self.broadcastOperator.adapter.disconnectSockets(self.broadcastOperator.options, close: close)
    }
}
