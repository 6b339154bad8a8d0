// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Where a handler sends the events of a ``Response/events(heartbeat:_:)``; several tasks may at once.
public struct EventWriter: Sendable {
    private let writer: BodyWriter
    private let turns: WriteTurns
    private let wasSent: @Sendable () -> Void

    init(_ writer: BodyWriter, wasSent: @escaping @Sendable () -> Void = {}) {
        self.writer = writer
        self.turns = WriteTurns()
        self.wasSent = wasSent
    }

    /// Sends an event; suspends while the client has not read those before.
    ///
    /// - Throws: `HTTPError.clientGone` once the connection is closed.
    public func send(_ event: ServerSentEvent) async throws {
        await self.turns.take()
        defer { self.turns.pass() }
        try await self.writer.write(event.encoded)
        self.wasSent()
    }

    /// Sends an event with these data; suspends while the client has not read those before.
    ///
    /// - Throws: `HTTPError.clientGone` once the connection is closed.
    public func send(data: String, event: String? = nil, id: String? = nil) async throws {
        try await self.send(ServerSentEvent(data: data, event: event, id: id))
    }
}
