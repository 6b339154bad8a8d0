// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@Suite("Guide: real time")
struct RealtimeSnippets {
    private func build(_ app: App) {
        // snippet: websocket
        app.webSocket("/rooms/{room}") { call, socket in
            let room = try call.path("room", as: String.self)
            try await socket.send("Welcome to \(room).")
            for try await message in socket.messages {
                guard case .text(let text) = message else { return socket.close(.unsupportedData) }
                try await socket.send("You said: \(text)")
            }
        }
        // end
    }

    @Test("A request that asks for no WebSocket is told that there is one")
    func refused() async throws {
        let app = App()
        self.build(app)
        try await app.test { client async throws in
            #expect(try await client.get("/rooms/1").status == .upgradeRequired)
        }
    }
}
