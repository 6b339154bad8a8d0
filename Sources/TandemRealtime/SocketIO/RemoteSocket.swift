// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// A socket in whichever process it is, as `fetchSockets` found it.
public struct RemoteSocket: Sendable {
    /// What was known of it.
    public let details: SocketDetails
    private let target: BroadcastOperator

    init(_ details: SocketDetails, _ adapter: any SocketIOAdapter) {
        self.details = details
        self.target = BroadcastOperator(adapter, BroadcastOptions(rooms: [details.id]))
    }

    /// Its id.
    public var id: String { self.details.id }
    /// Its handshake, by Socket.IO's names.
    public var handshake: JSONObject { self.details.handshake }
    /// The rooms that it was in, with its own.
    public var rooms: Set<String> { self.details.rooms }
    /// What was kept with it.
    public var data: JSONObject { self.details.data }

    /// Sends an event to its client.
    public func emit<each Argument: Schema>(_ event: String, _ arguments: repeat each Argument) {
        self.target.emit(event, repeat each arguments)
    }

    /// Sends an event to its client, and waits for the acknowledgement.
    ///
    /// - Parameters:
    ///   - event: Its name.
    ///   - arguments: What it carries.
    ///   - timeout: How long to wait: 5 seconds.
    ///   - type: What the client answers with; an optional one where that may be nothing.
    /// - Throws: `SocketIOError.timedOut`, `SocketIOError.disconnected` where it is not there any more, and
    ///   `ValidationError` where it answers something else.
    public func emitWithAck<each Argument: Schema, Answer: Schema>(
        _ event: String,
        _ arguments: repeat each Argument,
        timeout: Duration = .seconds(5),
        as type: Answer.Type = Answer.self
    ) async throws -> Answer {
        let answers: [Answer]
        do {
            answers = try await self.target.timeout(timeout).emitWithAck(event, repeat each arguments, as: type)
        } catch is BroadcastTimeoutError {
            throw SocketIOError.timedOut
        }
        guard let answer = answers.first else { throw SocketIOError.disconnected }
        return answer
    }

    /// Has it join rooms.
    public func join(_ rooms: String...) { self.target.adapter.addSockets(self.target.options, to: rooms) }

    /// Has it leave a room.
    public func leave(_ room: String) { self.target.socketsLeave(room) }

    /// Disconnects it; with `close`, the client's connection too.
    public func disconnect(close: Bool = false) { self.target.disconnectSockets(close: close) }
}
