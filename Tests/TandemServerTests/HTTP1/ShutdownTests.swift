// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

/// Graceful shutdown inside a process; with a signal, see `SignalTests`.
@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
    private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let configuration = ServerConfiguration.test { $0.shutdownIdleGrace = .milliseconds(100) }

    /// Whether new connections are refused.
    private func refuses(_ address: BoundAddress) async throws -> Bool {
        try await eventually {
            (try? RawClient(address)) == nil
        }
    }

    @Test("A request in flight is answered, and its connection closed")
    func inFlight() async throws {
        let (began, gate) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            began.open()
            await gate.wait()
            return Response("done")
        }
        try await RunningTestServer.running(Self.configuration, handler) { server in
            let client = try RawClient(server.address)
            client.send(Self.request)
            await began.wait()
            await server.shutDown()
            #expect(try await self.refuses(server.address))
            gate.open()
            let response = try await blocking { () throws in
                let response = try client.readResponse()
                #expect(try client.readToEnd().isEmpty)
                return response
            }
            #expect(response?.text == "done")
            #expect(response?.closes == true)
        }
    }

    @Test("A stream whose head was sent before is sent to its end, and then its connection is not kept")
    func stream() async throws {
        let (began, gate) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            Response(contentType: "text/plain") { writer in
                try await writer.write("a")
                began.open()
                await gate.wait()
                try await writer.write("b")
            }
        }
        try await RunningTestServer.running(Self.configuration, handler) { server in
            let client = try RawClient(server.address)
            client.send(Self.request)
            await began.wait()
            await server.shutDown()
            #expect(try await self.refuses(server.address))
            gate.open()
            try await blocking { () throws in
                #expect(try client.readResponse()?.text == "ab")
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test("An upload in flight is taken to its end")
    func upload() async throws {
        let began = Gate()
        let handler = ClosureHandler { request in
            var count = 0
            for try await bytes in request.body {
                began.open()
                count += bytes.count
            }
            return Response("\(count)")
        }
        try await RunningTestServer.running(Self.configuration, handler) { server in
            let client = try RawClient(server.address)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhello")
            await began.wait()
            await server.shutDown()
            #expect(try await self.refuses(server.address))
            client.send("world")
            try await blocking { () throws in
                #expect(try client.readResponse()?.text == "10")
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test("An idle connection is closed after its grace, and may bring one more request until then")
    func idle() async throws {
        var configuration = Self.configuration
        configuration.shutdownIdleGrace = .seconds(5)
        try await RunningTestServer.running(configuration, ClosureHandler { _ in Response("ok") }) { server in
            let idle = try RawClient(server.address)
            let busy = try RawClient(server.address)
            for client in [idle, busy] {
                client.send(Self.request)
                #expect(try client.readResponse()?.closes == false)
            }
            await server.shutDown()
            #expect(try await self.refuses(server.address))
            busy.send(Self.request)
            let response = try #require(try busy.readResponse())
            #expect(response.text == "ok")
            #expect(response.closes)
            try await blocking { () throws in #expect(try idle.readToEnd().isEmpty) }
        }
    }

    @Test("What is not done by the deadline is cancelled and closed")
    func deadline() async throws {
        var configuration = Self.configuration
        configuration.shutdownDeadline = .milliseconds(200)
        let (began, ended) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            began.open()
            defer { ended.open() }
            try await untilCancelled()
        }
        try await RunningTestServer.running(configuration, handler) { server in
            let client = try RawClient(server.address)
            client.send(Self.request)
            await began.wait()
            await server.shutDown()
            await ended.wait()
            try await blocking { () throws in #expect(try client.readToEnd().isEmpty) }
        }
    }
}
