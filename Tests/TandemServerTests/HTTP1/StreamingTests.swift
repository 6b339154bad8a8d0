// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

/// Responses that are written bit by bit, and how those end that go wrong.
@Suite(.timeLimit(.minutes(1)))
struct StreamingTests {
    private struct Oops: Error {}

    private static let handler = ClosureHandler { request in
        func stream(_ length: Int? = nil, _ write: @escaping @Sendable (BodyWriter) async throws -> Void) -> Response {
            Response(contentType: "text/plain", length: length, write)
        }
        switch request.path {
        case "/chunks":
            return stream { for part in ["a", "", "bc", "def"] { try await $0.write(part) } }
        case "/trailers":
            return stream { writer in
                try await writer.write("a")
                try await writer.setTrailers(["checksum": "b\r\nc", "d": "e"])
            }
        case "/nothing": return stream { _ in }
        case "/length": return stream(6) { for part in ["abc", "def"] { try await $0.write(part) } }
        case "/short": return stream(6) { try await $0.write("abc") }
        case "/long": return stream(6) { for part in ["abcd", "efgh", "ijkl"] { try await $0.write(part) } }
        case "/broken":
            return stream { writer in
                try await writer.write("abc")
                throw Oops()
            }
        case "/large": return Response(Bytes(Array(repeating: UInt8(ascii: "x"), count: 3_000_000)), contentType: "a/b")
        case "/empty": return Response(status: .noContent, headers: ["a": "b"], body: .bytes("not sent"))
        case "/unchanged": return Response(status: .notModified, body: stream { try await $0.write("not sent") }.body)
        case "/problem": throw HTTPError(.conflict, "Not now.", headers: ["retry-after": "5"])
        case "/oops": throw Oops()
        case "/interim": return Response(status: .continue)
        default: return Response("next")
        }
    }

    private func ask(
        _ path: String,
        method: String = "GET",
        version: String = "1.1",
        _ check: @escaping @Sendable (RawClient) throws -> Void
    ) async throws {
        try await withServer(.test(), Self.handler) { address in
            try await blocking {
                let client = try RawClient(address)
                client.send("\(method) \(path) HTTP/\(version)\r\nHost: h\r\n\r\n")
                try check(client)
            }
        }
    }

    /// The connection carries a further request.
    private static func expectOpen(_ client: RawClient) throws {
        client.send("GET /next HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.readResponse()?.text == "next")
    }

    @Test("A stream without a length comes in chunks", arguments: [("/chunks", "abcdef"), ("/nothing", "")])
    func chunks(path: String, text: String) async throws {
        try await self.ask(path) { client throws in
            let response = try #require(try client.readResponse())
            #expect(response["transfer-encoding"] == "chunked")
            #expect(response["content-length"] == nil)
            #expect(response.text == text)
            #expect(!response.isCutOff)
            try Self.expectOpen(client)
        }
    }

    @Test("Trailers come after the last chunk, and split nothing")
    func trailers() async throws {
        try await self.ask("/trailers") { client throws in
            let response = try #require(try client.readResponse())
            #expect(response.text == "a")
            #expect(response.trailers.map(\.name) == ["checksum", "d"])
            #expect(response.trailers.map(\.value) == ["b  c", "e"])
            try Self.expectOpen(client)
        }
    }

    @Test("To HTTP/1.0 a stream without a length ends with the connection", arguments: ["/chunks", "/trailers"])
    func oldVersion(path: String) async throws {
        try await self.ask(path, version: "1.0") { client throws in
            let response = try #require(try client.readResponse())
            #expect(response["transfer-encoding"] == nil)
            #expect(response.closes)
            #expect(response.text == (path == "/chunks" ? "abcdef" : "a"))
            #expect(!client.wasReset)
        }
    }

    @Test("A stream of a length comes as such", arguments: ["1.0", "1.1"])
    func length(version: String) async throws {
        try await self.ask("/length", version: version) { client throws in
            let response = try #require(try client.readResponse())
            #expect(response["content-length"] == "6")
            #expect(response.text == "abcdef")
        }
    }

    @Test("A stream of another length than announced is cut off", arguments: [("/short", "abc"), ("/long", "abcd")])
    func wrongLength(path: String, text: String) async throws {
        try await self.ask(path) { client throws in
            let response = try #require(try client.readResponse())
            #expect(response.text == text)
            #expect(response.isCutOff)
        }
    }

    @Test("A stream that fails is cut off where the client sees it", arguments: ["1.0", "1.1"])
    func failure(version: String) async throws {
        try await self.ask("/broken", version: version) { client throws in
            let response = try client.readResponse()
            #expect(response?.isCutOff != false || client.wasReset)
            if version == "1.1" { #expect(response?.text == "abc") }
            #expect(client.isAtEnd)
        }
    }

    @Test(
        "The answer to HEAD has the fields of GET and no body",
        arguments: ["/chunks", "/length", "/large", "/broken"]
    )
    func head(path: String) async throws {
        try await self.ask(path, method: "HEAD") { client throws in
            let response = try #require(try client.readResponse(hasBody: false))
            #expect(response.status == 200)
            let length = ["/length": "6", "/large": "3000000"][path]
            #expect(response["content-length"] == length)
            try Self.expectOpen(client)
        }
    }

    @Test("A status without a body has none, and no length", arguments: [("/empty", 204), ("/unchanged", 304)])
    func noBody(path: String, status: Int) async throws {
        try await self.ask(path) { client throws in
            let response = try #require(try client.readResponse())
            #expect(response.status == status)
            #expect(response["content-length"] == nil)
            #expect(response["transfer-encoding"] == nil)
            try Self.expectOpen(client)
        }
    }

    @Test("A large body arrives whole")
    func large() async throws {
        try await self.ask("/large") { client throws in
            #expect(try client.readResponse()?.body.count == 3_000_000)
            try Self.expectOpen(client)
        }
    }

    @Test("An error before the head is answered as what it is, and the connection goes on")
    func error() async throws {
        try await self.ask("/problem") { client throws in
            let response = try #require(try client.readResponse())
            #expect(response.status == 409)
            #expect(response["content-type"] == "application/problem+json")
            #expect(response["retry-after"] == "5")
            #expect(response.text.contains("Not now."))
            try Self.expectOpen(client)
        }
    }

    @Test("Of an error that is not for the client it learns nothing", arguments: ["/oops", "/interim"])
    func internalError(path: String) async throws {
        try await self.ask(path) { client throws in
            let response = try #require(try client.readResponse())
            #expect(response.status == 500)
            #expect(!response.text.contains("Oops"))
            try Self.expectOpen(client)
        }
    }
}
