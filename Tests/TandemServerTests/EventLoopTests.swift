// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemHTTP
import TandemServer
import Testing

@Suite("Tasks on a connection's event loop", .timeLimit(.minutes(1)))
struct EventLoopTests {
    /// Answers whether a task that is given the connection's executor is on the handler's thread, also after it has
    /// been elsewhere.
    private static let handler = ClosureHandler { request in
        let own = Self.thread()
        let task = Task(executorPreference: request.connection.executor) {
            let before = Self.thread() == own
            await Self.elsewhere()
            return before && Self.thread() == own
        }
        return Response("\(await task.value)")
    }

    private static func thread() -> ObjectIdentifier { ObjectIdentifier(Thread.current) }

    @concurrent
    private static func elsewhere() async {
        await Task.detached {}.value
    }

    @Test("A task can be started where its request is answered", arguments: [1, 3])
    func http1(loops: Int) async throws {
        try await withServer(.test { $0.eventLoops = loops }, Self.handler) { address in
            for _ in 1...4 {
                let answer = try await blocking {
                    let client = try RawClient(address)
                    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                    return try client.readResponse()?.text
                }
                #expect(answer == "true")
            }
        }
    }

    #if HTTP2
    @Test("Also after a connection has moved to another loop to speak HTTP/2", arguments: [1, 3])
    func http2(loops: Int) async throws {
        try await withServer(.test { $0.eventLoops = loops }, Self.handler) { address in
            try await HTTP2Client.open(to: address.port ?? 0) { client in
                let answer = try await client.get("/", on: 1)?.text
                #expect(answer == "true")
            }
        }
    }
    #endif
}
