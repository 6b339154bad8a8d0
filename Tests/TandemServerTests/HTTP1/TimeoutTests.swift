// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import TandemServer
import Testing

/// Each limit of time, set to a tenth of a second where that can cut off nobody else; a loop looks twice a second.
@Suite(.timeLimit(.minutes(1)))
struct TimeoutTests {
    private static let short = Duration.milliseconds(100)

    @Test("A head that does not come to its end is answered 408", arguments: ["G", "GET / HTTP/1.1\r\nHost: h\r\n"])
    func head(beginning: String) async throws {
        try await withServer(.test { $0.limits.headTimeout = Self.short }, answering: { _ in Response("late") }) {
            address in
            try await blocking {
                let client = try RawClient(address)
                client.send(beginning)
                let response = try #require(try client.readResponse())
                #expect(response.status == 408)
                #expect(response["content-type"] == "application/problem+json")
                #expect(response.closes)
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test("A head that comes byte by byte for ever is answered 408")
    func slowHead() async throws {
        try await withServer(.test { $0.limits.headTimeout = Self.short }, answering: { _ in Response("late") }) {
            address in
            try await blocking {
                let client = try RawClient(address)
                client.send("GET / HTTP/1.1\r\nHost: h\r\na: ")
                while !client.isReadable(within: 20), client.send("b") {}
                #expect(try client.readResponse()?.status == 408)
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test(
        "A body that stops is answered 408",
        arguments: ["Content-Length: 5\r\n\r\nhel", "Transfer-Encoding: chunked\r\n\r\n5\r\nh"]
    )
    func body(rest: String) async throws {
        let handler = ClosureHandler { request in Response(try await request.body.collect(upTo: 10).string ?? "") }
        try await withServer(.test { $0.limits.bodyTimeout = Self.short }, handler) { address in
            try await blocking {
                let client = try RawClient(address)
                client.send("POST / HTTP/1.1\r\nHost: h\r\n\(rest)")
                let response = try #require(try client.readResponse())
                #expect(response.status == 408)
                #expect(response.closes)
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test("A connection without a request is closed without a word, as is one between requests")
    func idle() async throws {
        try await withServer(.test { $0.limits.idleTimeout = .seconds(1) }, answering: { _ in Response("ok") }) {
            address in
            try await blocking {
                #expect(try RawClient(address).readToEnd().isEmpty)
                let client = try RawClient(address)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readResponse()?.text == "ok")
                #expect(try client.readToEnd().isEmpty)
                #expect(!client.wasReset)
            }
        }
    }

    @Test("A line end between two requests is not the beginning of a head")
    func lineEnd() async throws {
        let configuration = ServerConfiguration.test {
            $0.limits.headTimeout = Self.short
            $0.limits.idleTimeout = .milliseconds(1500)
        }
        try await withServer(configuration, answering: { _ in Response("ok") }) { address in
            try await blocking {
                let client = try RawClient(address)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n\r\n")
                #expect(try client.readResponse()?.text == "ok")
                #expect(try client.readToEnd().isEmpty)
            }
        }
    }

    @Test("A handler that takes long is nobody's time-out")
    func slowHandler() async throws {
        let configuration = ServerConfiguration.test {
            $0.limits.headTimeout = Self.short
            $0.limits.bodyTimeout = Self.short
            $0.limits.writeTimeout = Self.short
        }
        let (began, gate) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            began.open()
            await gate.wait()
            return Response("at last")
        }
        try await withServer(configuration, handler) { address in
            let client = try RawClient(address)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            await began.wait()
            try await blocking { () throws in
                // That the time-outs have passed is seen on others.
                for _ in 1...2 {
                    let other = try RawClient(address)
                    other.send("G")
                    #expect(try other.readResponse()?.status == 408)
                }
                gate.open()
                #expect(try client.readResponse()?.text == "at last")
            }
        }
    }

    @Test("A client that reads nothing of its response is cut off, and the handler is told")
    func write() async throws {
        let error = Mutex<(any Error)?>(nil)
        let handler = EndlessHandler { thrown in error.withLock { $0 = thrown } }
        try await withServer(.test { $0.limits.writeTimeout = Self.short }, handler) { address in
            let client = try RawClient(address, receiveBuffer: 4096)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try await eventually { error.withLock { $0 != nil } })
            #expect((error.withLock { $0 } as? HTTPError)?.code == "client-gone")
        }
    }
}

/// Streams without an end, and tells what ended it.
private struct EndlessHandler: Handler {
    let ended: @Sendable (any Error) -> Void

    init(ended: @escaping @Sendable (any Error) -> Void) {
        self.ended = ended
    }

    func respond(to request: Request) async throws -> Response {
        Response(contentType: "text/plain") { writer in
            let part = Bytes(Array(repeating: UInt8(ascii: "a"), count: 64 * 1024))
            do {
                while true { try await writer.write(part) }
            } catch {
                self.ended(error)
                throw error
            }
        }
    }
}
