// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import InMemoryLogging
import Logging
import MetricsTestKit
import TandemHTTP
import TandemServer
import Testing

@Suite("What is noted of WebSockets", .timeLimit(.minutes(1)))
struct WebSocketObservationTests {
    @Test("A WebSocket is logged when it ends, with the bytes sent, and counted while it is open")
    func ended() async throws {
        let observed = Observed()
        let configuration = ServerConfiguration.test { $0.observability = observed.settings(.log, .metrics) }
        try await withServer(configuration, EchoHandler()) { address in
            let client = try await blocking { () throws in
                let client = try WebSocketClient(address, path: "/echo")
                client.send(clientText("Hello"))
                #expect(try client.next() == .text("Hello"))
                return client
            }
            let open = try observed.metrics.expectMeter("http_server_websockets")
            #expect(open.values.last == 1)
            #expect(observed.log.entries.isEmpty)
            try await blocking { () throws in
                client.send(clientClose(1000))
                #expect(try client.closeCode() == 1000)
            }
            client.raw.close()
            #expect(try await eventually { !observed.log.entries.isEmpty })
            let entry = try #require(observed.log.entries.first)
            #expect(entry.message == "GET /echo 101")
            #expect(entry.metadata["bytes"] == "11")
            #expect(open.values.last == 0)
        }
    }

    @Test("A handler that throws is an error of the server in the log")
    func failed() async throws {
        let observed = Observed()
        let configuration = ServerConfiguration.test { $0.observability = observed.settings(.log) }
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { _ in throw HTTPError(.notFound, "There is no such room.") }
        }
        try await withServer(configuration, handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                #expect(try client.next() == .close(1011))
                client.send(clientClose(1011))
                #expect(try client.raw.readToEnd().isEmpty)
            }
            #expect(try await eventually { !observed.log.entries.isEmpty })
            let entry = try #require(observed.log.entries.first)
            #expect(entry.level == .error)
            #expect(entry.message == "GET / 500")
            #expect(entry.metadata["error"]?.description.contains("There is no such room.") == true)
        }
    }
}
