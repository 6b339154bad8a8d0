// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("The handshake of a WebSocket")
struct WebSocketHandshakeTests {
    private static let headers: Headers = [
        "host": "example.com", "connection": "keep-alive, Upgrade", "upgrade": "WebSocket",
        "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    ]

    private static func request(_ changes: [(String, String?)], method: TandemHTTP.Method = .get) -> Request {
        var headers = self.headers
        for (name, value) in changes { headers[name] = value }
        return Request(method, "/chat", headers: headers)
    }

    @Test("The answer to the RFC's example is the RFC's")
    func accept() throws {
        let response = try Response.webSocket(Self.request([])) { _ in }
        #expect(response.status == .switchingProtocols)
        #expect(response.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(response.headers["upgrade"] == "websocket")
        #expect(response.headers["sec-websocket-protocol"] == nil)
    }

    @Test(
        "SHA-1 gives the digests of its specification",
        arguments: [
            ("abc", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
            ("", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
            ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "hJg+RBw70m66rkqh+VEp5eVGcPE="),
            (
                String(repeating: "0123456701234567012345670123456701234567012345670123456701234567", count: 10),
                "3qNWos3dkMen7O3F67Vjk09GBFI="
            ),
        ]
    )
    func digest(text: String, digest: String) {
        // Their hexadecimal digits are in RFC 3174, section 7.3.
        #expect(Base64.encoded(SHA1.digest(of: text)) == digest)
    }

    @Test(
        "What is no handshake is refused",
        arguments: [
            ([("connection", "close")], 426), ([("connection", nil)], 426), ([("upgrade", "h2c")], 426),
            ([("upgrade", nil)], 426), ([("sec-websocket-version", "8")], 426), ([("sec-websocket-version", nil)], 426),
            ([("sec-websocket-key", nil)], 400), ([("sec-websocket-key", "short")], 400),
            ([("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=A")], 400),
            ([("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==")], 400),
        ] as [([(String, String?)], Int)]
    )
    func refused(changes: [(String, String?)], status: Int) {
        let error = #expect(throws: HTTPError.self) {
            _ = try Response.webSocket(Self.request(changes)) { _ in }
        }
        #expect(error?.status == Status(status))
        #expect(status != 426 || error?.headers["sec-websocket-version"] == "13")
    }

    @Test("Only a GET request of HTTP/1.1 without a body begins a WebSocket")
    func requests() {
        var old = Self.request([])
        old.version = .http1_0
        var full = Self.request([])
        full.body = RequestBody("x")
        for request in [old, full, Self.request([], method: .post)] {
            let error = #expect(throws: HTTPError.self) { _ = try Response.webSocket(request) { _ in } }
            #expect(error?.status == .badRequest)
        }
    }

    @Test(
        "Pages of the request's host may connect, or those that are listed",
        arguments: [
            (nil, nil, true), ("https://example.com", nil, true), ("http://EXAMPLE.com:80", nil, true),
            ("https://example.com:8443", nil, false), ("https://evil.example", nil, false), ("null", nil, false),
            ("https://example.com.evil.example", nil, false),
            ("https://other.example", ["https://other.example"], true),
            ("https://example.com", ["https://other.example"], false), ("https://any.example", ["*"], true),
            ("https://example.com", [], false),
        ] as [(String?, [String]?, Bool)]
    )
    func origins(origin: String?, allowed: [String]?, isLetIn: Bool) {
        var settings = WebSocketSettings()
        settings.origins = allowed
        do throws(HTTPError) {
            _ = try Response.webSocket(Self.request([("origin", origin)]), settings) { _ in }
            #expect(isLetIn)
        } catch {
            #expect(!isLetIn)
            #expect(error.status == .forbidden)
            #expect(error.code == "origin-not-allowed")
        }
    }

    @Test(
        "The subprotocol is the first of ours that the client speaks",
        arguments: [
            (["b", "a"], "a, b", "b"), (["b"], "a", nil), ([], "a", nil), (["b"], nil, nil),
        ] as [([String], String?, String?)]
    )
    func subprotocols(ours: [String], theirs: String?, agreed: String?) throws {
        var settings = WebSocketSettings()
        settings.subprotocols = ours
        let request = Self.request([("sec-websocket-protocol", theirs)])
        let response = try Response.webSocket(request, settings) { _ in }
        #expect(response.headers["sec-websocket-protocol"] == agreed)
    }
}
