// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

/// `Expect: 100-continue` (RFC 9110, section 10.1.1): leave to send a body is given once somebody wants it.
@Suite(.timeLimit(.minutes(1)))
struct ContinueTests {
    private static func head(_ path: String, length: Int = 5) -> String {
        "POST \(path) HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: \(length)\r\n\r\n"
    }

    private static let handler = ClosureHandler { request in
        switch request.path {
        case "/unread": return Response("unread")
        case "/refused": throw HTTPError(.forbidden)
        case "/echo":
            let body = request.body
            return Response(contentType: "text/plain") { writer in
                for try await bytes in body { try await writer.write(bytes) }
            }
        default: return Response(try await request.body.collect(upTo: 100).string ?? "?")
        }
    }

    private func talk(_ body: @escaping @Sendable (RawClient) throws -> Void) async throws {
        try await withServer(.test { $0.limits.body = 1000 }, Self.handler) { address in
            try await blocking { try body(RawClient(address)) }
        }
    }

    @Test("A body that is wanted is asked for, once")
    func wanted() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/"))
            #expect(try client.readResponse()?.status == 100)
            client.send("hel")
            client.send("lo")
            #expect(try client.readResponse()?.text == "hello")
            client.send(Self.head("/"))
            #expect(try client.readResponse()?.status == 100)
        }
    }

    @Test(
        "A body that is not wanted is not asked for, and the connection is closed",
        arguments: ["/unread", "/refused"]
    )
    func unwanted(path: String) async throws {
        try await self.talk { client throws in
            client.send(Self.head(path))
            let response = try #require(try client.readResponse())
            #expect(response.status == (path == "/unread" ? 200 : 403))
            #expect(response.closes)
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("A body that is too long is refused before it is asked for")
    func tooLong() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/", length: 1001))
            #expect(try client.readResponse()?.status == 413)
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("A body that has come is not asked for")
    func arrived() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/") + "hello")
            let response = try #require(try client.readResponse())
            #expect(response.status == 200)
            #expect(response.text == "hello")
        }
    }

    @Test("A body that a streamed response reads is asked for before the response begins")
    func streamed() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/echo"))
            #expect(try client.readResponse()?.status == 100)
            client.send("hello")
            let response = try #require(try client.readResponse())
            #expect(response.status == 200)
            #expect(response.text == "hello")
        }
    }
}
