// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP
import Testing

struct ResponseEncoderTests {
    private func head(
        of response: Response,
        framing: ResponseEncoder.Framing,
        toHead: Bool = false,
        connection: ResponseEncoder.ConnectionField = .unsaid,
        body: ByteBuffer? = nil
    ) -> String {
        var out = ByteBuffer()
        ResponseEncoder.write(
            headOf: response,
            framing: framing,
            toHead: toHead,
            connection: connection,
            common: Array("server: s\r\n".utf8),
            body: body,
            into: &out
        )
        return String(buffer: out)
    }

    @Test(
        "A status line has the code and its phrase",
        arguments: [
            (200, "HTTP/1.1 200 OK\r\n"), (201, "HTTP/1.1 201 Created\r\n"), (404, "HTTP/1.1 404 Not Found\r\n"),
            (204, "HTTP/1.1 204 No Content\r\n"), (304, "HTTP/1.1 304 Not Modified\r\n"),
            (408, "HTTP/1.1 408 Request Timeout\r\n"),
        ] as [(Status, String)]
    )
    func statusLine(status: Status, line: String) {
        #expect(self.head(of: Response(status: status), framing: .none) == line + "server: s\r\n\r\n")
    }

    @Test(
        "The framing follows the body, the status and the version",
        arguments: [
            (Response("hello"), Version.http1_1, ResponseEncoder.Framing.length(5)),
            (Response(), .http1_1, .length(0)),
            (Response("hello", status: 204), .http1_1, .none),
            (Response("hello", status: 304), .http1_1, .none),
            (Response("hello", status: 103), .http1_1, .none),
            (Response(contentType: "a/b") { _ in }, .http1_1, .chunked),
            (Response(contentType: "a/b") { _ in }, .http1_0, .close),
            (Response(contentType: "a/b", length: 7) { _ in }, .http1_1, .length(7)),
            (Response(contentType: "a/b", length: 7) { _ in }, .http1_0, .length(7)),
        ]
    )
    func framing(response: Response, version: Version, framing: ResponseEncoder.Framing) {
        #expect(ResponseEncoder.framing(of: response, version: version) == framing)
    }

    @Test("The length, the coding and the connection are said by the server alone")
    func ownFields() {
        let headers: Headers = [
            "Content-Length": "99", "a": "b", "Transfer-Encoding": "gzip", "CONNECTION": "upgrade",
            "keep-alive": "timeout=5", "c": "d", "content-length": "1",
        ]
        let response = Response(headers: headers, body: .bytes("hello"))
        #expect(
            self.head(of: response, framing: .length(5), connection: .close)
                == "HTTP/1.1 200 OK\r\na: b\r\nc: d\r\ncontent-length: 5\r\nconnection: close\r\nserver: s\r\n\r\n"
        )
        #expect(
            self.head(of: response, framing: .chunked, connection: .keepAlive)
                == "HTTP/1.1 200 OK\r\na: b\r\nc: d\r\ntransfer-encoding: chunked\r\nconnection: keep-alive\r\n"
                + "server: s\r\n\r\n"
        )
        #expect(
            self.head(of: response, framing: .none) == "HTTP/1.1 200 OK\r\na: b\r\nc: d\r\nserver: s\r\n\r\n"
        )
    }

    @Test("The answer to HEAD may announce the length that GET would send")
    func headLength() {
        let announced = Response(headers: ["content-length": "99"])
        #expect(
            self.head(of: announced, framing: .length(0), toHead: true)
                == "HTTP/1.1 200 OK\r\ncontent-length: 99\r\nserver: s\r\n\r\n"
        )
        #expect(
            self.head(of: Response("hello"), framing: .length(5), toHead: true).contains("content-length: 5\r\n")
        )
    }

    @Test("A status without a body announces no length, to HEAD neither (RFC 9110, section 8.6)")
    func noContent() {
        let response = Response(status: 204, headers: ["content-length": "99"])
        #expect(
            self.head(of: response, framing: .none, toHead: true)
                == "HTTP/1.1 204 No Content\r\nserver: s\r\n\r\n"
        )
    }

    @Test("No field of a handler can split the message")
    func injection() {
        let headers: Headers = [
            "a": "b\r\nset-cookie: x=1", "c": "d\ne", "f\r\ng": "h", "i ": "j", "": "k", "l:m": "n",
            "o": "p\u{0}q\u{7F}",
        ]
        #expect(
            self.head(of: Response(headers: headers), framing: .none)
                == "HTTP/1.1 200 OK\r\na: b  set-cookie: x=1\r\nc: d e\r\no: p q \r\nserver: s\r\n\r\n"
        )
    }

    @Test("A body may stand behind its head, one that is longer than the head too")
    func bodyBehind() {
        let body = String(repeating: "b", count: 4000)
        #expect(
            self.head(of: Response(body), framing: .length(4000), body: ByteBuffer(string: body))
                == "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 4000\r\n"
                + "server: s\r\n\r\n" + body
        )
    }

    @Test("A length is written in decimal", arguments: [0, 1, 9, 10, 99, 100, 1_234_567_890, Int.max])
    func decimal(number: Int) {
        let head = self.head(of: Response(), framing: .length(number))
        #expect(head == "HTTP/1.1 200 OK\r\ncontent-length: \(number)\r\nserver: s\r\n\r\n")
    }

    @Test("The longest head that the server adds to a status has room")
    func longestHead() {
        let head = self.head(
            of: Response(status: 431),
            framing: .length(Int.max),
            connection: .keepAlive
        )
        #expect(head.hasPrefix("HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: \(Int.max)\r\n"))
        #expect(head.hasSuffix("connection: keep-alive\r\nserver: s\r\n\r\n"))
    }

    @Test("A chunk's head is its length in hex", arguments: [(1, "1\r\n"), (10, "a\r\n"), (65536, "10000\r\n")])
    func chunkHead(count: Int, text: String) {
        var out = ByteBuffer()
        ResponseEncoder.writeChunkHead(count, into: &out)
        #expect(String(buffer: out) == text)
    }

    @Test("The last chunk carries the trailers")
    func lastChunk() {
        var out = ByteBuffer()
        ResponseEncoder.writeLastChunk(trailers: [:], into: &out)
        ResponseEncoder.writeLastChunk(trailers: ["a": "b", "c": "d"], into: &out)
        #expect(String(buffer: out) == "0\r\n\r\n0\r\na: b\r\nc: d\r\n\r\n")
    }
}
