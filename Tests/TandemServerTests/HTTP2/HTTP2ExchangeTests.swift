// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOHPACK
import Synchronization
import TandemHTTP
import TandemServer
import Testing

@Suite("HTTP/2 exchanges, frame by frame", .timeLimit(.minutes(1)))
struct HTTP2ExchangeTests {
    /// Answers with what it was asked.
    private struct Echo: Handler {
        func respond(to request: Request) async throws -> Response {
            switch request.path {
            case "/trailers":
                return Response(contentType: "text/plain") { writer in
                    try await writer.write("part")
                    try await writer.setTrailers(["x-sum": "1"])
                }
            case "/short": return Response(contentType: "text/plain", length: 9) { try await $0.write("part") }
            case "/fails":
                return Response(contentType: "text/plain") { writer in
                    try await writer.write("part")
                    throw HTTPError(.internalServerError)
                }
            case "/early": return Response("unread", status: .forbidden)
            case "/none": return Response(status: .noContent)
            default:
                let body = try await request.body.collect(upTo: 1_000_000)
                let host = request.authority ?? "-"
                let text = "\(request.method) \(request.path) \(host) \(request.version) \(body.string ?? "?")"
                return Response(
                    status: .ok,
                    headers: [
                        "X-Trailer": request.body.trailers["x-check"] ?? "-", "connection": "close",
                        "content-type": "text/plain",
                    ],
                    body: .bytes(Bytes(text)))
            }
        }
    }

    private func exchange<Result: Sendable>(
        _ change: (inout ServerConfiguration) -> Void = { _ in },
        settings: [(UInt16, UInt32)] = [],
        _ body: (HTTP2Client) async throws -> Result
    ) async throws -> Result {
        try await withServer(.test(change), Echo()) { address in
            try await HTTP2Client.open(to: address.port ?? 0, settings: settings, body)
        }
    }

    @Test("A GET is answered, with lower-case names and without fields of the connection")
    func get() async throws {
        try await self.exchange { client in
            let response = try #require(try await client.get("/a", on: 1))
            #expect(response.status == "200")
            #expect(response.text == "GET /a localhost HTTP/2 ")
            #expect(response.fields["x-trailer"] == ["-"])
            #expect(response.fields["content-length"] == ["\(response.body.count)"])
            #expect(response.fields["server"] == ["tandem"])
            #expect(response.fields.contains(name: "date"))
            #expect(!response.fields.contains(name: "connection"))
        }
    }

    @Test("Many streams of one connection are answered")
    func manyStreams() async throws {
        try await self.exchange { client in
            for stream in stride(from: UInt32(1), to: 401, by: 2) {
                let response = try await client.get("/\(stream)", on: stream)
                #expect(response?.text == "GET /\(stream) localhost HTTP/2 ")
            }
        }
    }

    @Test("A body that comes in the same read, later, in parts, or with trailers arrives whole")
    func bodies() async throws {
        try await self.exchange { client in
            try await client.send(client.headers(HTTP2Client.post, on: 1, ends: false), client.data("whole", on: 1))
            #expect(try await client.response(on: 1)?.text == "POST / localhost HTTP/2 whole")

            try await client.send(client.headers(HTTP2Client.post, on: 3, ends: false))
            _ = try await client.get("/between", on: 5)
            try await client.send(client.data("in ", on: 3, ends: false))
            try await client.send(client.data("parts", on: 3, ends: false), client.data("", on: 3))
            #expect(try await client.response(on: 3)?.text == "POST / localhost HTTP/2 in parts")

            try await client.send(client.headers(HTTP2Client.post, on: 7, ends: false))
            try await client.send(client.data("body", on: 7, ends: false))
            try await client.send(client.headers([("x-check", "7")], on: 7))
            let response = try #require(try await client.response(on: 7))
            #expect(response.text == "POST / localhost HTTP/2 body")
            #expect(response.fields["x-trailer"] == ["7"])
        }
    }

    @Test("A response's trailers follow its body")
    func trailers() async throws {
        try await self.exchange { client in
            let response = try #require(try await client.get("/trailers", on: 1))
            #expect(response.text == "part")
            #expect(response.trailers?["x-sum"] == ["1"])
            #expect(!response.fields.contains(name: "content-length"))
        }
    }

    @Test("A body that fails or is shorter than announced resets its stream, and no other", arguments: ["/fails", "/short"])
    func brokenBody(path: String) async throws {
        try await self.exchange { client in
            let response = try #require(try await client.get(path, on: 1))
            #expect(response.status == "200")
            #expect(response.resetCode == 2)
            #expect(try await client.get("/next", on: 3)?.status == "200")
        }
    }

    @Test("HEAD and 204 have no body")
    func noBody() async throws {
        try await self.exchange { client in
            var fields = HTTP2Client.get
            fields[0] = (":method", "HEAD")
            try await client.send(client.headers(fields, on: 1))
            let head = try #require(try await client.response(on: 1))
            #expect(head.body.isEmpty)
            #expect(head.fields.first(name: "content-length") == "\("HEAD / localhost HTTP/2 ".utf8.count)")
            let none = try #require(try await client.get("/none", on: 3))
            #expect(none.status == "204")
            #expect(none.body.isEmpty)
            #expect(!none.fields.contains(name: "content-length"))
        }
    }

    @Test("A response sent before the body was read ends the stream, then resets it without error")
    func earlyResponse() async throws {
        try await self.exchange { client in
            var fields = HTTP2Client.post
            fields[2] = (":path", "/early")
            try await client.send(client.headers(fields, on: 1, ends: false))
            let response = try #require(try await client.response(on: 1))
            #expect(response.status == "403")
            #expect(response.text == "unread")
            let reset = try #require(try await client.next(.reset))
            #expect(reset.stream == 1)
            #expect(reset.number() == 0)
            try await client.send(client.data("too late", on: 1))
            #expect(try await client.get("/next", on: 3)?.status == "200")
        }
    }

    @Test("A client that waits for leave gets 100 before its body is read")
    func expectContinue() async throws {
        try await self.exchange { client in
            try await client.send(
                client.headers(HTTP2Client.post + [("expect", "100-continue")], on: 1, ends: false))
            let interim = try #require(try await client.next(.headers))
            #expect(try client.fields(interim).first(name: ":status") == "100")
            try await client.send(client.data("body", on: 1))
            #expect(try await client.response(on: 1)?.text == "POST / localhost HTTP/2 body")
        }
    }

    @Test(
        "What is against the protocol resets its stream alone",
        arguments: [
            [(":method", "GET"), (":scheme", "http"), (":authority", "a")],
            HTTP2Client.get + [("connection", "close")],
            HTTP2Client.get + [("X-Upper", "1")],
            HTTP2Client.get + [("x", "a\r\nb: c")],
        ])
    func malformed(fields: [(String, String)]) async throws {
        try await self.exchange { client in
            try await client.send(client.headers(fields, on: 1))
            #expect(try await client.response(on: 1)?.resetCode == 1)
            #expect(try await client.get("/next", on: 3)?.status == "200")
        }
    }

    @Test("A body that differs from its announced length resets the stream", arguments: ["ab", "abcd"])
    func wrongLength(body: String) async throws {
        try await self.exchange { client in
            try await client.send(
                client.headers(HTTP2Client.post + [("content-length", "3")], on: 1, ends: false))
            try await client.send(client.data(body, on: 1))
            #expect(try await client.response(on: 1)?.resetCode == 1)
            #expect(try await client.get("/next", on: 3)?.status == "200")
        }
    }

    @Test(
        "A breach of a limit has its own answer",
        arguments: [
            ("414", [("x", "1")], String(repeating: "p", count: 200)),
            ("431", (0..<6).map { ("x-\($0)", "1") }, ""),
            ("431", [("x", String(repeating: "v", count: 300))], ""),
            ("413", [("content-length", "2000")], ""),
            ("417", [("expect", "a miracle")], ""),
            ("421", [("host", "elsewhere")], ""),
        ])
    func limits(status: String, fields: [(String, String)], path: String) async throws {
        try await self.exchange { configuration in
            configuration.hosts = ["localhost"]
            configuration.limits.requestLine = 100
            configuration.limits.headerCount = 5
            configuration.limits.headerBytes = 200
            configuration.limits.body = 1_000
        } _: { client in
            var head = HTTP2Client.post
            head[2] = (":path", "/" + path)
            if fields.contains(where: { $0.0 == "host" }) { head[3] = (":authority", "elsewhere") }
            try await client.send(client.headers(head + fields, on: 1, ends: false))
            let response = try #require(try await client.response(on: 1))
            #expect(response.status == status)
            #expect(response.fields["content-type"] == ["application/problem+json"])
            #expect(try await client.get("/", on: 3)?.status == "200")
        }
    }

    @Test("A body without a length that grows beyond the limit is answered 413")
    func longBody() async throws {
        try await self.exchange { configuration in
            configuration.limits.body = 1_000
        } _: { client in
            try await client.send(client.headers(HTTP2Client.post, on: 1, ends: false))
            let part = String(repeating: "x", count: 600)
            try await client.send(client.data(part, on: 1, ends: false), client.data(part, on: 1, ends: false))
            #expect(try await client.response(on: 1)?.status == "413")
            #expect(try await client.get("/", on: 3)?.status == "200")
        }
    }

    @Test("A body that does not come in time is answered 408")
    func slowBody() async throws {
        try await self.exchange { configuration in
            configuration.limits.bodyTimeout = .milliseconds(100)
        } _: { client in
            try await client.send(client.headers(HTTP2Client.post, on: 1, ends: false))
            #expect(try await client.response(on: 1)?.status == "408")
        }
    }

    @Test("CONNECT is answered 501")
    func connect() async throws {
        try await self.exchange { client in
            try await client.send(client.headers([(":method", "CONNECT"), (":authority", "a:1")], on: 1))
            #expect(try await client.response(on: 1)?.status == "501")
        }
    }

    @Test("The preface may come in two pieces, wherever it is cut")
    func splitPreface() async throws {
        try await withServer(.test(), Echo()) { address in
            for cut in 1..<HTTP2Client.preface.count {
                try await RawConnection.open(to: address.port ?? 0) { connection in
                    let client = HTTP2Client(connection)
                    try await connection.send(HTTP2Client.preface[..<cut])
                    let rest = HTTP2Client.preface[cut...] + RawFrame(kind: .settings).bytes
                    let request = try client.headers(HTTP2Client.get, on: 1).bytes
                    try await connection.send(rest + request)
                    #expect(try await client.response(on: 1)?.status == "200")
                }
            }
        }
    }
}
#endif
