// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemRealtime

/// Messages, pings and ends by WebSockets, as in the reference's protocol test-suite.
struct EngineWebSocketTests {
    @Test(arguments: ["4hello", "4", "4€ \u{1F600}", "4\u{301}", "4a\u{1E}b"])
    func `a text comes back`(packet: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let echoed = try await fixture.socket { socket in
                _ = try socket.text()
                socket.send(packet)
                return try socket.text()
            }
            #expect(echoed == packet)
        }
    }

    @Test
    func `bytes come back as bytes`() async throws {
        try await EngineFixture.running { fixture async throws in
            let frames = try await fixture.socket { socket in
                _ = try socket.text()
                socket.send(2, [1, 2, 3, 4])
                let echoed = try socket.next()
                socket.send(2, [])
                let empty = try socket.next()
                // As polling has it: some clients cannot send bytes.
                socket.send("bAQI=")
                let decoded = try socket.next()
                return [echoed, empty, decoded].map { [$0?.opcode ?? 0] + ($0?.payload ?? []) }
            }
            #expect(frames == [[2, 1, 2, 3, 4], [2], [2, 1, 2]])
        }
    }

    @Test(arguments: ["abc", "", "7", "bAQ", "b=", "{}"])
    func `what is no packet ends the session`(text: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let isClosed = try await fixture.socket { socket in
                _ = try socket.text()
                socket.send(text)
                return try socket.next() == nil
            }
            #expect(isClosed)
            #expect(await fixture.log.nextEnd() == .parseError)
            #expect(fixture.server.clientsCount == 0)
        }
    }

    @Test
    func `the server asks whether the client is there`() async throws {
        var options = SocketIOOptions()
        options.pingInterval = .milliseconds(50)
        try await EngineFixture.running(options) { fixture async throws in
            try await fixture.socket { socket in
                _ = try socket.text()
                for _ in 0..<3 {
                    #expect(try socket.text() == "2")
                    socket.send("3")
                }
            }
            #expect(await fixture.log.nextEnd() == .transportClose)
        }
    }

    @Test
    func `a client that does not answer is given up`() async throws {
        var options = SocketIOOptions()
        options.pingInterval = .milliseconds(30)
        options.pingTimeout = .milliseconds(20)
        try await EngineFixture.running(options) { fixture async throws in
            try await fixture.socket { socket in
                _ = try socket.text()
                #expect(try socket.text() == "2")
                #expect(try socket.text() == nil)
            }
            #expect(await fixture.log.nextEnd() == .pingTimeout)
        }
    }

    @Test(arguments: [("1", DisconnectReason.transportClose), ("2", .transportError)])
    func `a client ends the session by a packet`(packet: String, reason: DisconnectReason) async throws {
        try await EngineFixture.running { fixture async throws in
            try await fixture.socket { socket in
                _ = try socket.text()
                socket.send(packet)
                #expect(try socket.text() == nil)
            }
            #expect(await fixture.log.nextEnd() == reason)
        }
    }

    @Test
    func `a client that goes ends the session`() async throws {
        try await EngineFixture.running { fixture async throws in
            try await fixture.socket { socket in _ = try socket.text() }
            #expect(await fixture.log.nextEnd() == .transportClose)
            try await fixture.socket { socket in
                _ = try socket.text()
                // A close frame with 1000.
                socket.send(8, [3, 0xE8])
                #expect(try socket.next() == nil)
            }
            #expect(await fixture.log.nextEnd() == .transportClose)
        }
    }

    @Test
    func `a server closes once what it sent before is out`() async throws {
        try await EngineFixture.running { fixture async throws in
            let socket = try await fixture.socket { $0 }
            let session = try await fixture.firstSession()
            session.send([.text("bye"), .binary(Bytes([1]))])
            session.close(.serverNamespaceDisconnect)
            session.send([.text("too late")])
            #expect(await fixture.log.nextEnd() == .serverNamespaceDisconnect)
            try await onThread {
                _ = try socket.text()
                #expect(try socket.text() == "4bye")
                #expect(try socket.next()?.payload == [1])
                #expect(try socket.next() == nil)
            }
        }
    }

    @Test
    func `requests have no place in a session that began with a WebSocket`() async throws {
        try await EngineFixture.running { fixture async throws in
            let socket = try await fixture.socket { $0 }
            let session = try await fixture.firstSession()
            let target = EngineFixture.polling + "&sid=\(session.id)"
            #expect(try await fixture.request("GET", target).text == #"{"code":3,"message":"Bad request"}"#)
            let upgrade = EngineFixture.webSocket + "&sid=\(session.id)"
            #expect(try await fixture.socket(upgrade) { try $0.next() == nil })
            try await onThread {
                _ = try socket.text()
                socket.send("4hello")
                #expect(try socket.text() == "4hello")
            }
        }
    }
}
