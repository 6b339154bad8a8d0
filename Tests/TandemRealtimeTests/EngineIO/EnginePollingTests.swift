// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemRealtime

/// Messages, pings and ends by polling, as in the reference's protocol test-suite.
struct EnginePollingTests {
    @Test(arguments: ["4hello", "4test1\u{1E}4test2\u{1E}4test3", "4hello\u{1E}bAQIDBA==", "4\u{1E}4€", "b"])
    func `what is delivered comes back`(payload: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let delivered = try await fixture.request("POST", target, body: payload)
            #expect(delivered.status == 200)
            #expect(delivered.text == "ok")
            #expect(delivered.fields["content-type"] == "text/html")
            let polled = try await fixture.request("GET", target)
            #expect(polled.status == 200)
            #expect(polled.text == payload)
        }
    }

    @Test
    func `a request for packets waits for one`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            async let polled = fixture.request("GET", target)
            try await fixture.waitForPoll()
            #expect(try await fixture.request("POST", target, body: "4hello").status == 200)
            #expect(try await polled.text == "4hello")
        }
    }

    @Test(arguments: ["abc", "", "4a\u{1E}abc", "7", "bAQ"])
    func `what is no packet ends the session`(payload: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            #expect(try await fixture.request("POST", target, body: payload).status == 400)
            #expect(await fixture.log.nextEnd() == .parseError)
            #expect(try await fixture.request("GET", target).text == #"{"code":1,"message":"Session ID unknown"}"#)
        }
    }

    @Test
    func `two requests for packets end the session`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            async let first = fixture.request("GET", target)
            try await fixture.waitForPoll()
            let second = try await fixture.request("GET", target)
            #expect(second.status == 400)
            #expect(try await first.status == 200)
            #expect(try await first.text == "1")
            #expect(await fixture.log.nextEnd() == .transportError)
            #expect(try await fixture.request("GET", target).status == 400)
        }
    }

    @Test
    func `two deliveries at once end the session`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let port = fixture.port
            let (half, status) = try await onThread {
                let half = try WireClient(port: port)
                let fields = "host: localhost\r\ncontent-length: 100\r\nexpect: 100-continue"
                half.send("POST \(target) HTTP/1.1\r\n\(fields)\r\n\r\n".utf8)
                _ = try half.take(to: Array("100 Continue\r\n\r\n".utf8))
                return (half, try WireClient(port: port).request("POST", target, body: "4b").status)
            }
            #expect(status == 400)
            #expect(await fixture.log.nextEnd() == .transportError)
            half.close()
        }
    }

    @Test
    func `a request for packets that is cancelled ends the session`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let port = fixture.port
            let half = try await onThread {
                let client = try WireClient(port: port)
                client.send("GET \(target) HTTP/1.1\r\nhost: localhost\r\n\r\n".utf8)
                return client
            }
            try await fixture.waitForPoll()
            half.close()
            #expect(await fixture.log.nextEnd() == .transportError)
            #expect(try await fixture.request("GET", target).status == 400)
        }
    }

    @Test
    func `a delivery that is cut off ends the session`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let port = fixture.port
            try await onThread {
                let client = try WireClient(port: port)
                client.send("POST \(target) HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n4he".utf8)
                client.close()
            }
            #expect(await fixture.log.nextEnd() == .transportError)
            #expect(fixture.log.messages.isEmpty)
        }
    }

    @Test
    func `the server asks whether the client is there`() async throws {
        var options = SocketIOOptions()
        options.pingInterval = .milliseconds(50)
        try await EngineFixture.running(options) { fixture async throws in
            let target = try await fixture.open()
            for _ in 0..<3 {
                #expect(try await fixture.request("GET", target).text == "2")
                #expect(try await fixture.request("POST", target, body: "3").text == "ok")
            }
            #expect(fixture.log.sessions.first?.closeReason == nil)
        }
    }

    @Test
    func `a client that does not answer is given up`() async throws {
        var options = SocketIOOptions()
        options.pingInterval = .milliseconds(30)
        options.pingTimeout = .milliseconds(20)
        try await EngineFixture.running(options) { fixture async throws in
            let target = try await fixture.open()
            #expect(await fixture.log.nextEnd() == .pingTimeout)
            #expect(try await fixture.request("GET", target).status == 400)
            #expect(fixture.server.clientsCount == 0)
        }
    }

    @Test
    func `a client closes`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            async let polled = fixture.request("GET", target)
            try await fixture.waitForPoll()
            #expect(try await fixture.request("POST", target, body: "1").status == 200)
            #expect(try await polled.text == "6")
            #expect(await fixture.log.nextEnd() == .transportClose)
            #expect(try await fixture.request("GET", target).status == 400)
        }
    }

    @Test
    func `a server closes once the client has fetched what there was`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let session = try #require(fixture.log.sessions.first)
            session.send([.text("bye")])
            session.close(.serverNamespaceDisconnect)
            session.send([.text("too late")])
            #expect(await fixture.log.nextEnd() == .serverNamespaceDisconnect)
            #expect(try await fixture.request("GET", target).text == "4bye\u{1E}1")
            #expect(try await fixture.request("GET", target).status == 400)
            #expect(session.closeReason == .serverNamespaceDisconnect)
        }
    }

    @Test
    func `a server that closes answers a request that waits`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            async let polled = fixture.request("GET", target)
            try await fixture.waitForPoll()
            fixture.server.close()
            #expect(try await polled.text == "1")
            #expect(await fixture.log.nextEnd() == .serverShuttingDown)
            #expect(try await fixture.request("GET", EngineFixture.polling).status == 400)
        }
    }

    @Test
    func `a client that asks whether the server is there speaks another protocol`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            _ = try await fixture.request("POST", target, body: "2")
            #expect(await fixture.log.nextEnd() == .transportError)
        }
    }

    @Test
    func `what means nothing here is passed over`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            #expect(try await fixture.request("POST", target, body: "6\u{1E}0{}\u{1E}5\u{1E}3\u{1E}4x").text == "ok")
            #expect(try await fixture.request("GET", target).text == "4x")
        }
    }

    @Test
    func `bytes without Base64 end the session, other methods do not`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            #expect(try await fixture.request("PUT", target).status == 500)
            #expect(fixture.server.clientsCount == 1)
            let fields = ["content-type": "application/octet-stream"]
            #expect(try await fixture.request("POST", target, fields: fields, body: "4x").status == 400)
            #expect(await fixture.log.nextEnd() == .transportError)
        }
    }

    @Test
    func `long answers are compressed where the client takes that`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let gzip = ["accept-encoding": "gzip"]
            let session = try #require(fixture.log.sessions.first)
            let long = String(repeating: "a", count: 2000)
            session.send([.text(long)])
            let packed = try await fixture.request("GET", target, fields: gzip)
            #expect(packed.fields["content-encoding"] == "gzip")
            #expect(packed.body.count < 200)
            session.send([.text(long)])
            #expect(try await fixture.request("GET", target).text == "4" + long)
            session.send([.text("short")])
            #expect(try await fixture.request("GET", target, fields: gzip).text == "4short")
        }
    }

    @Test
    func `volatile messages are for who is there to take them`() async throws {
        try await EngineFixture.running { fixture async throws in
            let target = try await fixture.open()
            let session = try #require(fixture.log.sessions.first)
            session.send([.text("lost")], isVolatile: true)
            async let polled = fixture.request("GET", target)
            try await fixture.waitForPoll()
            session.send([.text("found")], isVolatile: true)
            #expect(try await polled.text == "4found")
        }
    }
}
