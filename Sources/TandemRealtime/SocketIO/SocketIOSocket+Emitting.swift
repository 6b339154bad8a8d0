// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

extension SocketIOSocket {
    /// Sends an event to the client; nothing where the socket is not connected.
    public func emit<each Argument: Schema>(_ event: String, _ arguments: repeat each Argument) {
        SocketEmitter(socket: self).emit(event, repeat each arguments)
    }

    /// Sends an event to the client, and waits for the acknowledgement for as long as the client is there.
    ///
    /// - Parameters:
    ///   - event: Its name.
    ///   - arguments: What it carries.
    ///   - type: What the client answers with; an optional one where that may be nothing.
    /// - Returns: The first argument of the acknowledgement.
    /// - Throws: `SocketIOError.disconnected` where the client goes, `ValidationError` where it answers something else,
    ///   and `CancellationError`.
    public func emitWithAck<each Argument: Schema, Answer: Schema>(
        _ event: String,
        _ arguments: repeat each Argument,
        as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        try await SocketEmitter(socket: self).emitWithAck(event, repeat each arguments, as: type)
    }

    /// Sends a `message` event to the client.
    public func send<each Argument: Schema>(_ arguments: repeat each Argument) {
        self.emit("message", repeat each arguments)
    }

    /// Drops what the client cannot take at the moment, rather than to keep it waiting.
    public var volatile: SocketEmitter { SocketEmitter(socket: self).volatile }

    /// Says whether what is sent may be compressed.
    public func compress(_ compress: Bool) -> SocketEmitter { SocketEmitter(socket: self).compress(compress) }

    /// Waits so long for acknowledgements.
    public func timeout(_ timeout: Duration) -> SocketEmitter { SocketEmitter(socket: self).timeout(timeout) }

    /// All sockets of the namespace but this one.
    public var broadcast: BroadcastOperator {
        BroadcastOperator(self.namespace.adapter, BroadcastOptions(rooms: [], except: [self.id]))
    }

    /// All sockets of the namespace in this process but this one.
    public var local: BroadcastOperator { self.broadcast.local }

    /// The sockets of rooms but this one.
    public func to(_ rooms: String...) -> BroadcastOperator { self.broadcast.to(rooms) }

    /// The sockets of rooms but this one.
    public func `in`(_ rooms: String...) -> BroadcastOperator { self.broadcast.to(rooms) }

    /// All sockets of the namespace but those of rooms, and this one.
    public func except(_ rooms: String...) -> BroadcastOperator { self.broadcast.except(rooms) }
}
