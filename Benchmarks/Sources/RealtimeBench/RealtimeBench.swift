// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import TandemAPI
import TandemHTTP
import TandemRealtime
import TandemServer

/// WebSockets at `/echo` and `/rooms`, Socket.IO at its own path, as their guides set them up.
@main
struct RealtimeBench {
    static func main() async throws {
        let settings = Settings()
        var configuration = ServerConfiguration(.tcp(port: settings.port))
        configuration.eventLoops = settings.threads
        configuration.observability.accessLog = nil
        let routes = Routes()
        routes.mount(Sockets(rooms: Rooms()))
        let handler = try routes.handler().wrapped(in: [self.socketIO()])
        try await Server(configuration, handler: handler).serve()
    }

    private static func socketIO() -> SocketIOServer {
        let io = SocketIOServer()
        io.onConnection { socket in
            // Functions, because a closure here crashes Swift 6.3's compiler.
            @Sendable func echo(_ text: String) async throws { socket.emit("echo", text) }
            @Sendable func join(_ room: String) async throws {
                socket.join(room)
                socket.emit("joined", room)
            }
            @Sendable func send(_ room: String, _ text: String) async throws { io.to(room).emit("message", text) }
            socket.on("echo", echo)
            socket.on("join", join)
            socket.on("send", send)
        }
        return io
    }
}

/// The WebSockets.
@API struct Sockets {
    let rooms: Rooms

    @GET("echo") func echo(request: Request) throws -> Response {
        try Response.webSocket(request) { socket in
            for try await message in socket.messages { try await socket.send(message) }
        }
    }

    @GET("rooms") func rooms(request: Request) throws -> Response {
        let rooms = self.rooms
        return try Response.webSocket(request) { socket in try await rooms.serve(socket) }
    }
}
