// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemRealtime

/// Clients that mean harm, or are broken: none costs the others anything.
struct EngineHostileTests {
    /// Has another client of the same server say something and hear it.
    private static func isServing(_ fixture: EngineFixture) async throws -> Bool {
        let target = try await fixture.open()
        guard try await fixture.request("POST", target, body: "4hello").text == "ok" else { return false }
        return try await fixture.request("GET", target).text == "4hello"
    }

    @Test
    func `a body beyond the limit is refused, and the session goes on`() async throws {
        var options = SocketIOOptions()
        options.maxHttpBufferSize = 100
        try await EngineFixture.running(options) { fixture async throws in
            let target = try await fixture.open()
            let fits = "4" + String(repeating: "a", count: 99)
            #expect(try await fixture.request("POST", target, body: fits).status == 200)
            let refused = try await fixture.request("POST", target, body: fits + "a")
            #expect(refused.status == 413)
            #expect(refused.body.isEmpty)
            let port = fixture.port
            let chunked = try await onThread {
                let client = try WireClient(port: port)
                client.send("POST \(target) HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n".utf8)
                client.send("80\r\n4\(String(repeating: "b", count: 127))\r\n".utf8)
                return try client.readAnswer().status
            }
            #expect(chunked == 413)
            #expect(try await fixture.request("GET", target).text == fits)
        }
    }

    @Test
    func `a message beyond the limit ends the session of a WebSocket`() async throws {
        var options = SocketIOOptions()
        options.maxHttpBufferSize = 100
        try await EngineFixture.running(options) { fixture async throws in
            try await fixture.socket { socket in
                _ = try socket.text()
                socket.send("4" + String(repeating: "a", count: 99))
                #expect(try socket.text()?.utf8.count == 100)
                socket.send("4" + String(repeating: "a", count: 100))
                #expect(try socket.next() == nil)
            }
            #expect(await fixture.log.nextEnd() == .transportError)
            #expect(try await Self.isServing(fixture))
        }
    }

    @Test
    func `a client that fetches nothing is closed, and what waited for it is let go`() async throws {
        var options = SocketIOOptions()
        options.sendQueueBytes = 100_000
        try await EngineFixture.running(options) { fixture async throws in
            let target = try await fixture.open()
            let session = try #require(fixture.log.sessions.first)
            let batch: [EngineMessage] = [.text(String(repeating: "a", count: 999))]
            for _ in 0..<100 { session.send(batch) }
            #expect(session.closeReason == nil)
            session.send(batch)
            #expect(session.closeReason == .transportError)
            #expect(try await fixture.request("GET", target).status == 400)
            #expect(try await Self.isServing(fixture))
        }
    }

    @Test
    func `a client that does not read its WebSocket is closed`() async throws {
        var options = SocketIOOptions()
        options.sendQueueBytes = 100_000
        try await EngineFixture.running(options) { fixture async throws in
            let socket = try await fixture.socket { $0 }
            let session = try await fixture.firstSession()
            let batch: [EngineMessage] = [.text(String(repeating: "a", count: 100_000))]
            var count = 0
            while session.closeReason == nil, count < 10_000 {
                session.send(batch)
                count += 1
                await Task.yield()
            }
            #expect(session.closeReason == .transportError)
            #expect(try await Self.isServing(fixture))
            socket.client.close()
        }
    }

    @Test
    func `a body of very many packets is taken, with others served meanwhile`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let body = String(repeating: "6\u{1E}", count: 499_999) + "4a"
            async let delivered = fixture.request("POST", target, body: body)
            #expect(try await Self.isServing(fixture))
            #expect(try await delivered.text == "ok")
            #expect(try await fixture.request("GET", target).text == "4a")
        }
    }

    @Test
    func `thousands of sessions that nobody uses go by themselves`() async throws {
        var options = SocketIOOptions()
        options.pingInterval = .milliseconds(200)
        options.pingTimeout = .milliseconds(200)
        try await EngineFixture.running(options) { fixture async throws in
            let port = fixture.port
            try await onThread {
                let client = try WireClient(port: port)
                for _ in 0..<3000 { _ = try client.request("GET", EngineFixture.polling) }
            }
            for _ in 0..<3000 { #expect(await fixture.log.nextEnd() == .pingTimeout) }
            #expect(fixture.server.clientsCount == 0)
            #expect(try await Self.isServing(fixture))
        }
    }

    @Test
    func `requests that are left half open end their sessions alone`() async throws {
        try await EngineFixture.running { fixture async throws in
            let port = fixture.port
            for _ in 0..<20 {
                let target = try await fixture.open()
                try await onThread {
                    let client = try WireClient(port: port)
                    client.send("POST \(target) HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n4".utf8)
                    client.close()
                }
                #expect(await fixture.log.nextEnd() == .transportError)
            }
            #expect(try await Self.isServing(fixture))
        }
    }

    @Test
    func `probes without end are closed, and the session lives`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            try await fixture.socket(target.replacing("polling", with: "websocket")) { socket throws in
                for _ in 0..<1000 {
                    socket.send("2probe")
                    let answer = try socket.text()
                    #expect(answer == "3probe")
                }
                socket.send("5")
                socket.send("4hello")
                #expect(try socket.text() == "4hello")
            }
        }
    }

    @Test
    func `names in the query that mean something elsewhere mean nothing`() async throws {
        try await EngineFixture.running { fixture async throws in
            for id in ["__proto__", "constructor", "%00", "..%2F..", String(repeating: "a", count: 4000)] {
                let answer = try await fixture.request("GET", EngineFixture.polling + "&sid=\(id)")
                #expect(answer.text == #"{"code":1,"message":"Session ID unknown"}"#)
            }
        }
    }
}
