// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemRealtime
import Testing

@Suite("Guide: Socket.IO")
struct SocketIOSnippets {
    // snippet: socketio
    func chat(_ app: App) {
        let io = SocketIOServer()
        io.onConnection { socket in
            socket.join("lobby")
            socket.on("chat message") { (text: String) in io.to("lobby").emit("chat message", text) }
            socket.on("add") { (a: Int, b: Int) in a + b }
            socket.onDisconnect { reason in io.emit("left", socket.id, reason.rawValue) }
        }
        app.use(io)
    }
    // end

    @Test("It is put before an application")
    func mounts() async throws {
        let app = App()
        self.chat(app)
        let handler = try app.handler()
        let answer = try await handler.respond(to: Request(.get, "/socket.io/?EIO=4&transport=polling"))
        #expect(answer.status == .ok)
    }

    // snippet: socketio-arguments
    @Schema struct Upload {
        @Length(1...100) var name: String
        var content: Bytes
    }

    func uploads(_ io: SocketIOServer) {
        io.onConnection { socket in
            socket.on("upload") { (upload: Upload, note: String?) in
                socket.broadcast.emit("uploaded", upload.name, note, upload.content.count)
                return upload.content.count
            }
            socket.onError { error in socket.emit("refused", "\(error)") }
        }
    }
    // end

    // snippet: socketio-acknowledgements
    func ask(_ io: SocketIOServer, _ socket: SocketIOSocket) async throws -> Int {
        let answer: String = try await socket.timeout(.seconds(5)).emitWithAck("question", 42)
        socket.emit("you said", answer)
        let votes = try await io.to("jury").timeout(.seconds(30)).emitWithAck("vote", as: Bool.self)
        return votes.count { $0 }
    }
    // end

    // snippet: socketio-namespaces
    func admin(_ io: SocketIOServer) throws {
        let admin = io.of("/admin")
        admin.use { socket in
            guard socket.handshake.auth["token"] == "secret" else {
                throw SocketIOError("not authorized", data: ["code": 401])
            }
            socket.data["role"] = "admin"
        }
        admin.onConnection { socket in
            socket.use { event in
                if event.name.hasPrefix("delete") { throw SocketIOError("nothing is deleted today") }
            }
            socket.onAny { event in print(event.name, event.arguments) }
        }
        io.of(try Pattern("^/tenant-[0-9]+$")).onConnection { socket in
            socket.emit("welcome", socket.namespace.name)
        }
    }
    // end

    // snippet: socketio-rooms
    func close(_ io: SocketIOServer) async throws {
        io.to("red", "blue").except("muted").emit("closing", 5)
        io.volatile.emit("position", 1.5, 2.5)
        for socket in try await io.in("red").fetchSockets() { socket.emit("bye", socket.data) }
        io.in("red").socketsJoin("archive")
        io.in("blue").disconnectSockets(close: true)
    }
    // end

    // snippet: socketio-recovery
    func recovering() -> SocketIOServer {
        var options = SocketIOOptions()
        options.pingInterval = .seconds(10)
        options.cors = CORS(.listed(["https://app.example"], credentials: true))
        options.connectionStateRecovery = SocketIOOptions.ConnectionStateRecovery()
        let io = SocketIOServer(options)
        io.onConnection { socket in
            if !socket.recovered { socket.join("lobby") }
        }
        return io
    }
    // end
}
