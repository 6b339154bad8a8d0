// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemRealtime

/// The move from polling to a WebSocket, as in the reference's protocol test-suite.
struct EngineUpgradeTests {
    /// Opens a session on polling and a WebSocket for it, up to the answer to the probe.
    private static func probe(_ fixture: EngineFixture) async throws -> (polling: String, socket: WireSocket) {
        let target = try await fixture.open()
        let socket = try await fixture.socket(target.replacing("polling", with: "websocket")) { socket throws in
            socket.send("2probe")
            let answer = try socket.text()
            #expect(answer == "3probe")
            return socket
        }
        return (target, socket)
    }

    @Test
    func `a client moves from polling to a WebSocket`() async throws {
        try await EngineFixture.running { fixture async throws in
            let (target, socket) = try await Self.probe(fixture)
            let polled = try await fixture.request("GET", target)
            #expect(polled.status == 200)
            #expect(polled.text == "6")
            try await onThread {
                socket.send("5")
                socket.send("4hello")
                let echoed = try socket.text()
                #expect(echoed == "4hello")
            }
            #expect(fixture.log.sessions.first?.transport == .websocket)
            #expect(fixture.log.sessions.count == 1)
        }
    }

    @Test
    func `a request that waits is answered once the WebSocket is tried`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            async let polled = fixture.request("GET", target)
            try await fixture.waitForPoll()
            let socket = try await fixture.socket(target.replacing("polling", with: "websocket")) { socket throws in
                socket.send("2probe")
                _ = try socket.text()
                return socket
            }
            #expect(try await polled.text == "6")
            _ = socket
        }
    }

    @Test
    func `what was sent meanwhile comes by the WebSocket, in order`() async throws {
        try await EngineFixture.running { fixture async throws in
            let (_, socket) = try await Self.probe(fixture)
            let session = try #require(fixture.log.sessions.first)
            session.send([.text("a"), .binary(Bytes([7]))])
            session.send([.text("b")])
            try await onThread {
                socket.send("5")
                let first = try socket.text()
                #expect(first == "4a")
                #expect(try socket.next()?.payload == [7])
                #expect(try socket.text() == "4b")
            }
        }
    }

    @Test
    func `requests are refused after the move`() async throws {
        try await EngineFixture.running { fixture async throws in
            let (target, socket) = try await Self.probe(fixture)
            try await onThread {
                socket.send("5")
                socket.send("4hello")
                let echoed = try socket.text()
                #expect(echoed == "4hello")
            }
            #expect(try await fixture.request("GET", target).text == #"{"code":3,"message":"Bad request"}"#)
            #expect(try await fixture.request("POST", target, body: "4no").status == 400)
            try await onThread {
                socket.send("4still")
                let echoed = try socket.text()
                #expect(echoed == "4still")
            }
        }
    }

    @Test
    func `a second WebSocket is closed, during the move and after it`() async throws {
        try await EngineFixture.running { fixture async throws in
            let (target, socket) = try await Self.probe(fixture)
            let upgrade = target.replacing("polling", with: "websocket")
            #expect(try await fixture.socket(upgrade) { try $0.next() == nil })
            try await onThread { socket.send("5") }
            #expect(try await fixture.socket(upgrade) { try $0.next() == nil })
            try await onThread {
                socket.send("4hello")
                let echoed = try socket.text()
                #expect(echoed == "4hello")
            }
        }
    }

    @Test(arguments: ["4hello", "abc", "2", "2other", "1", "6"])
    func `a client that says something else stays on polling`(packet: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            try await fixture.socket(target.replacing("polling", with: "websocket")) { socket throws in
                socket.send(packet)
                let end = try socket.next()
                #expect(end == nil)
            }
            #expect(try await fixture.request("POST", target, body: "4hello").status == 200)
            #expect(try await fixture.request("GET", target).text == "4hello")
            // And may try again.
            let socket = try await fixture.socket(target.replacing("polling", with: "websocket")) { socket throws in
                socket.send("2probe")
                socket.send("5")
                _ = try socket.text()
                socket.send("4there")
                return try socket.text()
            }
            #expect(socket == "4there")
        }
    }

    @Test
    func `a move that takes too long is given up, and the session goes on`() async throws {
        var options = SocketIOOptions()
        options.upgradeTimeout = .milliseconds(20)
        try await EngineFixture.running(options) { fixture async throws in
            let (target, socket) = try await Self.probe(fixture)
            #expect(try await onThread { try socket.next() == nil })
            #expect(try await fixture.request("POST", target, body: "4hello").status == 200)
            #expect(try await fixture.request("GET", target).text == "4hello")
        }
    }

    @Test
    func `a move while a request delivers is refused`() async throws {
        try await EngineFixture.running { fixture async throws in
            let (target, socket) = try await Self.probe(fixture)
            let port = fixture.port
            try await onThread {
                let half = try WireClient(port: port)
                let fields = "host: localhost\r\ncontent-length: 6\r\nexpect: 100-continue"
                half.send("POST \(target) HTTP/1.1\r\n\(fields)\r\n\r\n".utf8)
                _ = try half.take(to: Array("100 Continue\r\n\r\n".utf8))
                socket.send("5")
                #expect(try socket.next() == nil)
                half.send("4hello".utf8)
                #expect(try half.readAnswer().text == "ok")
            }
            #expect(try await fixture.request("GET", target).text == "4hello")
        }
    }

    @Test
    func `a session that ends takes the WebSocket that is tried with it`() async throws {
        try await EngineFixture.running { fixture async throws in
            let (target, socket) = try await Self.probe(fixture)
            #expect(try await fixture.request("POST", target, body: "1").status == 200)
            #expect(try await onThread { try socket.next() == nil })
            #expect(await fixture.log.nextEnd() == .transportClose)
        }
    }
}
