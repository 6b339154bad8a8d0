// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A listener of an event: its name, and what is called with the arguments.
public struct SocketIOListener: Sendable {
    let name: String
    /// Returns what the event is acknowledged with.
    let run: @Sendable (SocketIOEvent) async throws -> SocketIOPayload

    /// A listener that reads the arguments by itself, and returns those of the acknowledgement.
    public init(_ name: String, _ run: @escaping @Sendable (SocketIOEvent) async throws -> SocketIOPayload) {
        self.name = name
        self.run = run
    }
}

extension SocketIOPayload {
    /// The acknowledgement of whoever has nothing to say.
    static let none = SocketIOPayload(json: "[]")
}
