// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import TandemServer
import Testing

/// A handler whose client goes away is cancelled.
@Suite(.timeLimit(.minutes(1)))
struct CancellationTests {
    /// How a client may go away.
    enum Leaving: CaseIterable {
        case closes, resets, halfCloses

        func leave(_ client: RawClient) {
            switch self {
            case .closes: client.close()
            case .resets: client.close(resets: true)
            case .halfCloses: client.finish()
            }
        }
    }

    @Test("A handler that waits is cancelled", arguments: Leaving.allCases)
    func waiting(leaving: Leaving) async throws {
        let (began, ended) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            began.open()
            defer { ended.open() }
            try await untilCancelled()
        }
        try await withServer(.test(), handler) { address in
            let client = try RawClient(address)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            await began.wait()
            leaving.leave(client)
            await ended.wait()
        }
    }

    @Test("A handler that reads the body is told", arguments: Leaving.allCases)
    func reading(leaving: Leaving) async throws {
        let (began, ended) = (Gate(), Gate())
        let error = Mutex<(any Error)?>(nil)
        let handler = ClosureHandler { request in
            defer { ended.open() }
            do {
                for try await _ in request.body { began.open() }
            } catch let thrown {
                error.withLock { $0 = thrown }
                throw thrown
            }
            return Response()
        }
        try await withServer(.test(), handler) { address in
            let client = try RawClient(address)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhello")
            await began.wait()
            leaving.leave(client)
            await ended.wait()
            #expect(error.withLock { $0 } is HTTPError || error.withLock { $0 } is CancellationError)
        }
    }

    @Test("A handler that writes the response is told", arguments: [Leaving.closes, .resets])
    func writing(leaving: Leaving) async throws {
        let (began, ended) = (Gate(), Gate())
        let handler = ClosureHandler { _ in
            Response(contentType: "text/plain") { writer in
                defer { ended.open() }
                while true {
                    try await writer.write("a")
                    began.open()
                    await Task.yield()
                }
            }
        }
        try await withServer(.test(), handler) { address in
            let client = try RawClient(address)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            await began.wait()
            leaving.leave(client)
            await ended.wait()
        }
    }

    @Test("A client that goes away while it waits for its turn harms nobody")
    func others() async throws {
        let gate = Gate()
        let handler = ClosureHandler { request in
            if request.path == "/slow" { await gate.wait() }
            return Response("ok")
        }
        try await withServer(.test(), handler) { address in
            let other = try RawClient(address)
            other.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
            for leaving in Leaving.allCases {
                let client = try RawClient(address)
                client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
                leaving.leave(client)
            }
            gate.open()
            #expect(try await blocking { try other.readResponse()?.text } == "ok")
        }
    }
}
