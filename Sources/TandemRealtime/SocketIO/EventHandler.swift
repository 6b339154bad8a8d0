// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// A listener of an event: its name, and what is called with the arguments.
struct EventHandler: Sendable {
    let name: String
    /// Returns what the event is acknowledged with.
    let run: @Sendable (SocketIOEvent) async throws -> SocketIOPayload

    /// The acknowledgement of whoever has nothing to say.
    private static let nothing = SocketIOPayload(json: "[]")

    init<each Argument: Schema>(
        _ name: String,
        _ handler: @escaping @Sendable (repeat each Argument) async throws -> Void
    ) {
        self.name = name
        self.run = { event in
            let arguments = try event.payload.values(after: 1, as: repeat (each Argument).self)
            try await handler(repeat each arguments)
            return Self.nothing
        }
    }

    init<each Argument: Schema, Result: Schema>(
        _ name: String,
        _ handler: @escaping @Sendable (repeat each Argument) async throws -> Result
    ) {
        self.name = name
        self.run = { event in
            let arguments = try event.payload.values(after: 1, as: repeat (each Argument).self)
            return SocketIOPayload(try await handler(repeat each arguments))
        }
    }
}
