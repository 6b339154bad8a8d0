// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import TandemSchema

@testable import TandemRealtime

/// What the programs of the clients speak with.
enum MatrixApplication {
    @Schema struct Upload {
        var name: String
        var file: Bytes
        var parts: [Bytes]
    }

    static func build(_ io: SocketIOServer) throws {
        io.onConnection { socket in
            self.simple(socket)
            self.rooms(socket, io)
            self.ends(socket, io)
        }
        let admin = io.of("/admin")
        admin.use { socket in
            guard socket.handshake.auth["token"]?.string == "secret" else {
                throw SocketIOError("not authorized", data: ["code": 401])
            }
        }
        admin.onConnection { socket in
            socket.on("whoami") { () -> [JSON] in
                let query = socket.handshake.query["a"].map { JSON.string($0) }
                return [socket.handshake.auth["token"] ?? nil, query ?? nil, .string(socket.namespace.name)]
            }
        }
        io.of(try Pattern("^/dynamic-[0-9]+$")).onConnection { socket in
            socket.emit("welcome", socket.namespace.name)
        }
    }

    private static func simple(_ socket: SocketIOSocket) {
        let counted = Mutex<[Int]>([])
        socket.on("hello") { (text: String, number: Int) in socket.emit("hello back", text, number + 1) }
        socket.on("count") { (number: Int) in counted.withLock { $0.append(number) } }
        socket.on("counted") { socket.emit("counted", counted.withLock { $0 }) }
        socket.on("add") { (a: Int, b: Int) in a + b }
        socket.on("reverse") { (bytes: Bytes) in Bytes(bytes.reversed()) }
        socket.on("upload") { (upload: Upload) in upload }
        socket.on("perhaps") { socket.volatile.emit("perhaps") }
        socket.on("ask me") { (number: Int) in
            try await socket.timeout(.seconds(20)).emitWithAck("question", number, as: Int.self)
        }
        socket.on("ask in vain") { () -> String in
            do {
                return try await socket.timeout(.milliseconds(50)).emitWithAck("silence")
            } catch let error as SocketIOError {
                return error.message
            }
        }
        socket.use { event in
            if event.name == "forbidden" { throw SocketIOError("forbidden is not allowed") }
        }
        socket.onError { error in
            if let error = error as? SocketIOError { socket.emit("refused", error.message) }
        }
        socket.onAny { event in
            if event.name == "anything" { socket.emit("seen", event.name, event.arguments) }
        }
    }

    private static func rooms(_ socket: SocketIOSocket, _ io: SocketIOServer) {
        socket.on("join") { (room: String) in socket.join(room) }
        socket.on("leave") { (room: String) in socket.leave(room) }
        socket.on("say") { (room: String, text: String) in io.to(room).emit("said", text) }
        socket.on("say others") { (room: String, text: String) in socket.to(room).emit("said", text) }
        socket.on("say except") { (room: String, text: String) in io.except(room).emit("said", text) }
        socket.on("broadcast") { (text: String) in socket.broadcast.emit("said", text) }
        socket.on("ask room") { (room: String) in
            try await io.to(room).timeout(.seconds(20)).emitWithAck("ask", as: Int.self)
        }
        socket.on("who") { (room: String) in try await io.in(room).fetchSockets().map(\.id) }
        socket.on("disconnect room") { (room: String) in io.in(room).disconnectSockets() }
    }

    private static func ends(_ socket: SocketIOSocket, _ io: SocketIOServer) {
        socket.on("kick") { (close: Bool) in socket.disconnect(close: close) }
        let wasInRoom = Mutex(false)
        socket.onDisconnecting { _ in
            let isIn = socket.rooms.contains(socket.id)
            wasInRoom.withLock { $0 = isIn }
        }
        socket.onDisconnect { reason in
            io.emit("left", socket.id, reason.rawValue, wasInRoom.withLock { $0 })
        }
    }
}
