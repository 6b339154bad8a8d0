// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization
import TandemHTTP
import TandemServer

/// Runs something once, as the answer to a request: on an event loop of a server, where applications ask databases.
struct RequestHandler: Handler {
    private let work: @Sendable () async throws -> Void

    /// Does the work within a server of one event loop.
    static func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let failure = Mutex<(any Error)?>(nil)
        let handler = RequestHandler {
            do { try await work() } catch { failure.withLock { $0 = error } }
        }
        var configuration = ServerConfiguration(.tcp(host: "127.0.0.1", port: 0))
        configuration.eventLoops = 1
        configuration.observability.accessLog = nil
        let (addresses, listening) = AsyncStream.makeStream(of: Int.self)
        let server = Server(configuration, handler: handler) { listening.yield($0.first?.port ?? 0) }
        try await withThrowingTaskGroup { group in
            group.addTask { try await server.run() }
            for await port in addresses {
                try await self.request(port)
                break
            }
            group.cancelAll()
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Sends a request, and waits until its connection is closed.
    private static func request(_ port: Int) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET / HTTP/1.1\r\nhost: b\r\nconnection: close\r\n\r\n"))
        try await channel.closeFuture.get()
    }

    func respond(to request: Request) async throws -> Response {
        try await self.work()
        return Response("done")
    }
}
