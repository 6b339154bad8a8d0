// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

@testable import TandemRealtime

struct SocketIOOptionsTests {
    @Test
    func `the defaults are those of the reference`() throws {
        let options = try SocketIOOptions.fromEnvironment([:])
        #expect(options.path == "/socket.io")
        #expect(options.addTrailingSlash)
        #expect(options.connectTimeout == .milliseconds(45_000))
        #expect(options.pingInterval == .milliseconds(25_000))
        #expect(options.pingTimeout == .milliseconds(20_000))
        #expect(options.upgradeTimeout == .milliseconds(10_000))
        #expect(options.maxHttpBufferSize == 1_000_000)
        #expect(options.transports == [.polling, .websocket])
        #expect(options.allowUpgrades)
        #expect(options.httpCompression?.threshold == 1024)
        #expect(options.cookie == nil && options.cors == nil && options.perMessageDeflate == nil)
        #expect(options.connectionStateRecovery == nil)
        #expect(!options.cleanupEmptyChildNamespaces)
        #expect(SocketIOOptions.ConnectionStateRecovery().maxDisconnectionDuration == .seconds(120))
    }

    @Test
    func `each is read from the environment`() throws {
        let options = try SocketIOOptions.fromEnvironment([
            "SOCKETIO_PATH": "/chat", "SOCKETIO_ADD_TRAILING_SLASH": "false", "SOCKETIO_CONNECT_TIMEOUT": "1",
            "SOCKETIO_PING_INTERVAL": "300", "SOCKETIO_PING_TIMEOUT": "200", "SOCKETIO_UPGRADE_TIMEOUT": "5",
            "SOCKETIO_MAX_HTTP_BUFFER_SIZE": "1000", "SOCKETIO_SEND_QUEUE_BYTES": "2000",
            "SOCKETIO_TRANSPORTS": "websocket", "SOCKETIO_ALLOW_UPGRADES": "no", "SOCKETIO_HTTP_COMPRESSION": "false",
            "SOCKETIO_CONNECTION_STATE_RECOVERY": "7", "SOCKETIO_CLEANUP_EMPTY_CHILD_NAMESPACES": "true",
            "SOCKETIO_COOKIE": "sid", "SOCKETIO_CORS_ORIGIN": "https://a.example, https://b.example",
            "SOCKETIO_CORS_CREDENTIALS": "true", "SOCKETIO_PER_MESSAGE_DEFLATE": "on", "OTHER": "no",
        ])
        #expect(options.path == "/chat")
        #expect(!options.addTrailingSlash)
        #expect(options.connectTimeout == .milliseconds(1))
        #expect(options.pingInterval == .milliseconds(300))
        #expect(options.pingTimeout == .milliseconds(200))
        #expect(options.upgradeTimeout == .milliseconds(5))
        #expect(options.maxHttpBufferSize == 1000)
        #expect(options.sendQueueBytes == 2000)
        #expect(options.transports == [.websocket])
        #expect(!options.allowUpgrades)
        #expect(options.httpCompression == nil)
        #expect(options.connectionStateRecovery?.maxDisconnectionDuration == .milliseconds(7))
        #expect(options.cleanupEmptyChildNamespaces)
        #expect(options.cookie?.name == "sid")
        #expect(options.cors != nil)
        #expect(options.perMessageDeflate?.threshold == 1024)
    }

    @Test(arguments: [
        ("SOCKETIO_PING_INTERVAL", "soon"), ("SOCKETIO_PING_INTERVAL", "0"), ("SOCKETIO_PING_INTERVAL", "-1"),
        ("SOCKETIO_PING_INTERVAL", "99999999999999999999"), ("SOCKETIO_MAX_HTTP_BUFFER_SIZE", "1e6"),
        ("SOCKETIO_TRANSPORTS", "polling,webtransport"), ("SOCKETIO_TRANSPORTS", ","),
        ("SOCKETIO_ALLOW_UPGRADES", "maybe"), ("SOCKETIO_HTTP_COMPRESSION", "much"),
    ])
    func `what cannot be understood is said`(name: String, text: String) {
        let error = #expect(throws: SocketIOOptions.OptionsError.self) {
            try SocketIOOptions.fromEnvironment([name: text])
        }
        #expect(error?.description.hasPrefix("\(name) is \"\(text)\"; it has to be ") == true)
    }

    @Test
    func `a cookie is written with what it has`() {
        var cookie = SocketIOOptions.Cookie()
        #expect(cookie.field("abc") == "io=abc; Path=/; HttpOnly; SameSite=Lax")
        cookie.name = "sid"
        cookie.path = nil
        cookie.domain = "example.com"
        cookie.maxAge = .seconds(60)
        cookie.httpOnly = false
        cookie.secure = true
        cookie.sameSite = SocketIOOptions.Cookie.SameSite.none
        #expect(cookie.field("abc") == "sid=abc; Max-Age=60; Domain=example.com; Secure; SameSite=None")
        cookie.sameSite = nil
        cookie.secure = false
        #expect(cookie.field("a") == "sid=a; Max-Age=60; Domain=example.com")
    }
}
