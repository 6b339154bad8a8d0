// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@testable import TandemRealtime

/// The handshake of the reference's protocol test-suite, and its server's refusals.
struct EngineHandshakeTests {
    @Test
    func `polling opens a session`() async throws {
        try await EngineFixture.running { fixture async throws in
            let answer = try await fixture.request("GET", EngineFixture.polling)
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "text/plain; charset=UTF-8")
            #expect(answer.fields["cache-control"] == "no-store")
            #expect(answer.text.hasPrefix("0"))
            let json = try JSON.decode(JSON.self, from: String(answer.text.dropFirst()))
            let object = try #require(json.object)
            #expect(object.map(\.0) == ["sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload"])
            #expect(object["sid"]?.string?.utf8.count == 20)
            #expect(object["upgrades"] == .array([.string("websocket")]))
            #expect(object["pingInterval"] == .number("25000"))
            #expect(object["pingTimeout"] == .number("20000"))
            #expect(object["maxPayload"] == .number("1000000"))
        }
    }

    @Test
    func `a WebSocket opens a session without upgrades`() async throws {
        try await EngineFixture.running { fixture async throws in
            let text = try await fixture.socket { socket in
                #expect(socket.answer.status == 101)
                return try socket.text()
            }
            #expect(text?.hasPrefix("0{\"sid\":\"") == true)
            #expect(text?.contains("\"upgrades\":[]") == true)
        }
    }

    @Test(arguments: [
        ("GET", "/socket.io/?transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
        ("GET", "/socket.io/?EIO=abc&transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
        ("GET", "/socket.io/?EIO=3&transport=polling", 400, #"{"code":5,"message":"Unsupported protocol version"}"#),
        ("GET", "/socket.io/?EIO=4", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("GET", "/socket.io/?EIO=4&transport=abc", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("GET", "/socket.io/?EIO=4&transport=constructor", 400, #"{"code":0,"message":"Transport unknown"}"#),
        ("POST", "/socket.io/?EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("PUT", "/socket.io/?EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("OPTIONS", "/socket.io/?EIO=4&transport=polling", 400, #"{"code":2,"message":"Bad handshake method"}"#),
        ("GET", "/socket.io/?EIO=4&transport=websocket", 400, #"{"code":3,"message":"Bad request"}"#),
        ("GET", "/socket.io/?EIO=4&transport=polling&sid=no", 400, #"{"code":1,"message":"Session ID unknown"}"#),
        ("POST", "/socket.io/?EIO=4&transport=polling&sid=no", 400, #"{"code":1,"message":"Session ID unknown"}"#),
    ])
    func `a request that is none is refused`(method: String, target: String, status: Int, body: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let answer = try await fixture.request(method, target)
            #expect(answer.status == status)
            #expect(answer.fields["content-type"] == "application/json")
            #expect(answer.text == body)
            #expect(fixture.server.clientsCount == 0)
        }
    }

    @Test(arguments: [
        ("/socket.io/?transport=websocket", "Unsupported protocol version"),
        ("/socket.io/?EIO=abc&transport=websocket", "Unsupported protocol version"),
        ("/socket.io/?EIO=4", "Transport unknown"), ("/socket.io/?EIO=4&transport=abc", "Transport unknown"),
        ("/socket.io/?EIO=4&transport=polling", "Bad request"),
        ("/socket.io/?EIO=4&transport=websocket&sid=no", "Session ID unknown"),
    ])
    func `a WebSocket that is none is refused`(target: String, message: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let answer = try await fixture.socket(target) { $0.answer }
            #expect(answer.status == 400)
            #expect(answer.fields["content-type"] == "text/html")
            #expect(answer.text == message)
        }
    }

    @Test(arguments: ["/", "/socket.io", "/socket.iox/", "/socket.io/more", "/other/socket.io/"])
    func `other paths go by`(path: String) async throws {
        try await EngineFixture.running { fixture async throws in
            let answer = try await fixture.request("GET", "\(path)?EIO=4&transport=polling")
            #expect(answer.text == "elsewhere")
        }
    }

    @Test
    func `the path may have no slash at its end`() async throws {
        var options = SocketIOOptions()
        options.path = "/chat"
        options.addTrailingSlash = false
        try await EngineFixture.running(options) { fixture async throws in
            #expect(try await fixture.request("GET", "/chat?EIO=4&transport=polling").text.hasPrefix("0"))
            #expect(try await fixture.request("GET", "/chat/?EIO=4&transport=polling").text.hasPrefix("0"))
            #expect(try await fixture.request("GET", "/chats?EIO=4&transport=polling").text == "elsewhere")
        }
    }

    @Test
    func `an application says who may connect`() async throws {
        var options = SocketIOOptions()
        options.allowRequest = { request in
            switch request.queryItems["token"] {
            case "good": return
            case "bad": throw HTTPError(.forbidden, "No \"entry\"")
            default: throw CancellationError()
            }
        }
        try await EngineFixture.running(options) { fixture async throws in
            #expect(try await fixture.request("GET", EngineFixture.polling + "&token=good").status == 200)
            let refused = try await fixture.request("GET", EngineFixture.polling + "&token=bad")
            #expect(refused.status == 403)
            #expect(refused.text == #"{"code":4,"message":"No \"entry\""}"#)
            let secret = try await fixture.request("GET", EngineFixture.polling)
            #expect(secret.text == #"{"code":4,"message":"Forbidden"}"#)
            let socket = try await fixture.socket(EngineFixture.webSocket + "&token=bad") { $0.answer }
            #expect(socket.status == 400)
            #expect(socket.text == "No \"entry\"")
            let good = try await fixture.socket(EngineFixture.webSocket + "&token=good") { $0.answer }
            #expect(good.status == 101)
        }
    }

    @Test
    func `transports and upgrades can be left out`() async throws {
        var options = SocketIOOptions()
        options.allowUpgrades = false
        try await EngineFixture.running(options) { fixture async throws in
            #expect(try await fixture.request("GET", EngineFixture.polling).text.contains("\"upgrades\":[]"))
        }
        options.transports = [.websocket]
        try await EngineFixture.running(options) { fixture async throws in
            #expect(try await fixture.request("GET", EngineFixture.polling).text.contains("Transport unknown"))
            #expect(try await fixture.socket { $0.answer.status } == 101)
        }
        options.transports = [.polling]
        options.allowUpgrades = true
        try await EngineFixture.running(options) { fixture async throws in
            #expect(try await fixture.request("GET", EngineFixture.polling).text.contains("\"upgrades\":[]"))
            #expect(try await fixture.socket { $0.answer.text } == "Transport unknown")
        }
    }

    @Test
    func `a cookie holds the id for a load balancer`() async throws {
        var options = SocketIOOptions()
        options.cookie = SocketIOOptions.Cookie()
        try await EngineFixture.running(options) { fixture async throws in
            let answer = try await fixture.request("GET", EngineFixture.polling)
            let id = try #require(fixture.log.sessions.first?.id)
            #expect(answer.fields["set-cookie"] == "io=\(id); Path=/; HttpOnly; SameSite=Lax")
            let later = try await fixture.request("POST", EngineFixture.polling + "&sid=\(id)", body: "4")
            #expect(later.fields["set-cookie"] == nil)
        }
    }

    @Test
    func `pages of other origins may come where they are allowed to`() async throws {
        var options = SocketIOOptions()
        let page = ["origin": "https://app.example"]
        try await EngineFixture.running(options) { fixture async throws in
            let answer = try await fixture.request("GET", EngineFixture.polling, fields: page)
            #expect(answer.fields["access-control-allow-origin"] == nil)
            #expect(try await fixture.socket(fields: page) { $0.answer.status } == 403)
            #expect(try await fixture.socket(fields: ["origin": "http://localhost"]) { $0.answer.status } == 101)
        }
        options.cors = CORS(.listed(["https://app.example"], credentials: true))
        try await EngineFixture.running(options) { fixture async throws in
            let answer = try await fixture.request("GET", EngineFixture.polling, fields: page)
            #expect(answer.fields["access-control-allow-origin"] == "https://app.example")
            #expect(answer.fields["access-control-allow-credentials"] == "true")
            let refusal = try await fixture.request("GET", EngineFixture.polling + "&sid=no", fields: page)
            #expect(refusal.fields["access-control-allow-origin"] == "https://app.example")
            let asking = page.merging(["access-control-request-method": "POST"]) { $1 }
            let preflight = try await fixture.request("OPTIONS", EngineFixture.polling, fields: asking)
            #expect(preflight.status == 204)
            #expect(preflight.fields["access-control-allow-origin"] == "https://app.example")
            #expect(try await fixture.socket(fields: page) { $0.answer.status } == 101)
            let other = ["origin": "https://evil.example"]
            #expect(try await fixture.socket(fields: other) { $0.answer.status } == 403)
        }
    }

    @Test
    func `a session knows the request that it began with`() async throws {
        try await EngineFixture.running { fixture async throws in
            _ = try await fixture.request("GET", EngineFixture.polling + "&room=a%20b", fields: ["x-name": "Ada"])
            let handshake = try #require(fixture.log.sessions.first?.handshake)
            #expect(handshake.query["room"] == "a b")
            #expect(handshake.query["EIO"] == "4")
            #expect(handshake.headers["x-name"] == "Ada")
            #expect(handshake.address == "127.0.0.1")
            #expect(handshake.url == EngineFixture.polling + "&room=a%20b")
            #expect(!handshake.secure && !handshake.xdomain)
            #expect(handshake.issued > 1_700_000_000_000)
        }
    }

    @Test
    func `ids are not repeated and cannot be guessed`() {
        let ids = (0..<10_000).map { _ in SessionID.make() }
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy { $0.utf8.count == 20 && $0.allSatisfy { $0.isASCII && $0 != "\"" && $0 != "&" } })
        // Each place takes each character.
        for place in 0..<20 { #expect(Set(ids.map { Array($0)[place] }).count == 64) }
    }
}
