// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PipeliningTests {
    /// How a handler answers.
    enum Way: CaseIterable {
        case atOnce, inTask, later, streamed
    }

    private struct Handler: TandemHTTP.Handler {
        let way: Way

        func respondImmediately(to request: Request) throws -> Response? {
            self.way == .atOnce ? Response(request.path) : nil
        }

        func respond(to request: Request) async throws -> Response {
            let path = request.path
            switch self.way {
            case .later: await Task.yield()
            case .streamed: return Response(contentType: "text/plain") { try await $0.write(path) }
            default: break
            }
            return Response(path)
        }
    }

    @Test("A thousand requests sent at once are answered in order", arguments: Way.allCases)
    func thousand(way: Way) async throws {
        try await withServer(.test(), Handler(way: way)) { address in
            try await blocking {
                let client = try RawClient(address)
                client.send((1...1000).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
                for number in 1...1000 {
                    guard try client.readResponse()?.text == "/\(number)" else {
                        Issue.record("the answer \(number) is another")
                        return
                    }
                }
            }
        }
    }

    @Test("A response that takes long holds those behind it, and they come in order")
    func order() async throws {
        let gate = Gate()
        let handler = ClosureHandler { request in
            if request.path == "/slow" { await gate.wait() }
            return Response(request.path)
        }
        try await withServer(.test(), handler) { address in
            try await blocking {
                let client = try RawClient(address)
                client.send(["/a", "/slow", "/b", "/c"].map { "GET \($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
                #expect(try client.readResponse()?.text == "/a")
                #expect(!client.isReadable(within: 50))
                gate.open()
                for path in ["/slow", "/b", "/c"] { #expect(try client.readResponse()?.text == path) }
            }
        }
    }

    @Test("Requests in flight when the client half closes get the answers that were begun")
    func halfClose() async throws {
        try await withServer(.test(), Handler(way: .atOnce)) { address in
            try await blocking {
                let client = try RawClient(address)
                client.send((1...50).map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
                client.finish()
                for number in 1...50 { #expect(try client.readResponse()?.text == "/\(number)") }
                #expect(try client.readToEnd().isEmpty)
                #expect(!client.wasReset)
            }
        }
    }
}
