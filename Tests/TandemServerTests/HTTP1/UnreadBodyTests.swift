// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

/// What becomes of a body that the handler does not read: a short rest is dropped, a long one costs the connection.
@Suite(.timeLimit(.minutes(1)))
struct UnreadBodyTests {
    private static let handler = ClosureHandler { request in
        switch request.path {
        case "/unread": return Response("unread")
        case "/first":
            var body = request.body.makeAsyncIterator()
            return Response("\(try await body.next()?.count ?? 0)")
        default: return Response("next")
        }
    }

    private func talk(_ body: @escaping @Sendable (RawClient) throws -> Void) async throws {
        try await withServer(.test(), Self.handler) { address in
            try await blocking { try body(RawClient(address)) }
        }
    }

    private static func head(_ path: String, _ framing: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: h\r\n\(framing)\r\n\r\n"
    }

    private static let next = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test(
        "A short rest is dropped, and the connection goes on",
        arguments: [("Content-Length: 5", "hello"), ("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\na: b\r\n\r\n")]
    )
    func short(framing: String, body: String) async throws {
        try await self.talk { client throws in
            client.send(Self.head("/unread", framing))
            let response = try #require(try client.readResponse())
            #expect(response.text == "unread")
            #expect(!response.closes)
            client.trickle(Array(body.utf8))
            client.send(Self.next)
            #expect(try client.readResponse()?.text == "next")
        }
    }

    @Test("The rest behind what the handler read is dropped")
    func rest() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/first", "Content-Length: 10") + "hello")
            #expect(try client.readResponse()?.text == "5")
            client.send("world" + Self.next)
            #expect(try client.readResponse()?.text == "next")
        }
    }

    @Test("A long rest that is announced closes the connection, without a reset before the answer is read")
    func long() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/unread", "Content-Length: 4000000"))
            client.send([UInt8](repeating: 0, count: 1_000_000))
            let response = try #require(try client.readResponse())
            #expect(response.text == "unread")
            #expect(response.closes)
            #expect(try client.readToEnd().isEmpty)
            #expect(!client.wasReset)
        }
    }

    @Test("A long rest that is not announced closes the connection once it is too long")
    func endless() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/unread", "Transfer-Encoding: chunked"))
            #expect(try client.readResponse()?.text == "unread")
            let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0, count: 65536) + Array("\r\n".utf8)
            for _ in 0..<16 { client.send(chunk) }
            client.send("0\r\n\r\n" + Self.next)
            #expect(try client.readToEnd().isEmpty)
        }
    }

    @Test("A rest that is malformed closes the connection, and what it hides is not answered")
    func malformed() async throws {
        try await self.talk { client throws in
            client.send(Self.head("/unread", "Transfer-Encoding: chunked"))
            #expect(try client.readResponse()?.text == "unread")
            client.send("z\r\n" + Self.next)
            #expect(try client.readToEnd().isEmpty)
        }
    }
}
