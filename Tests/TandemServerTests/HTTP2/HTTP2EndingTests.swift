// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import Synchronization
import TandemHTTP
import TandemServer
import Testing

@Suite("How HTTP/2 connections end", .timeLimit(.minutes(1)))
struct HTTP2EndingTests {
    private func exchange<Result: Sendable>(
        _ change: (inout ServerConfiguration) -> Void,
        _ body: (HTTP2Client) async throws -> Result
    ) async throws -> Result {
        try await withServer(.test(change), answering: { _ in Response("here") }) { address in
            try await HTTP2Client.open(to: address.port ?? 0, body)
        }
    }

    @Test("A connection ends with GOAWAY after the requests it may carry")
    func requestsPerConnection() async throws {
        try await self.exchange { configuration in
            configuration.limits.requestsPerConnection = 2
        } _: { client in
            #expect(try await client.get("/1", on: 1)?.status == "200")
            try await client.send(client.headers(HTTP2Client.get, on: 3))
            let frames = try await client.allFrames()
            #expect(frames.contains { $0.stream == 3 && $0.endsStream })
            #expect(frames.filter { $0.kind == .goAway }.map { [$0.number(), $0.number(at: 4)] } == [[3, 0]])
        }
    }

    @Test("An idle connection ends with GOAWAY")
    func idle() async throws {
        try await self.exchange { configuration in
            configuration.limits.idleTimeout = .milliseconds(500)
        } _: { client in
            #expect(try await client.get("/1", on: 1)?.status == "200")
            let goAway = try #require(try await client.next(.goAway))
            #expect(goAway.number() == 1)
            #expect(try await client.next() == nil)
        }
    }

    @Test("A shutdown answers what the client sent before it heard of it, then says which stream was the last")
    func shutdown() async throws {
        let gate = Gate()
        let handler = ClosureHandler { request in
            if request.path == "/slow" { await gate.wait() }
            return Response("done")
        }
        let configuration = ServerConfiguration.test { $0.shutdownIdleGrace = .seconds(30) }
        try await RunningTestServer.running(configuration, handler) { server in
            try await HTTP2Client.open(to: server.port) { client in
                var slow = HTTP2Client.get
                slow[2] = (":path", "/slow")
                try await client.send(client.headers(slow, on: 1))
                #expect(try await client.get("/quick", on: 3)?.status == "200")
                await server.shutDown()
                let notice = try #require(try await client.next(.goAway))
                #expect(notice.number() == UInt32(Int32.max))
                let ping = try #require(try await client.next(.ping))
                #expect(try await client.get("/crossed", on: 5)?.status == "200")
                try await client.send(RawFrame(kind: .ping, flags: 1, payload: ping.payload))
                let last = try #require(try await client.next(.goAway))
                #expect(last.number() == 5)
                #expect(last.number(at: 4) == 0)
                gate.open()
                #expect(try await client.response(on: 1)?.text == "done")
                #expect(try await client.next() == nil)
            }
        }
    }

    @Test("A client that resets its stream has the handler cancelled", arguments: [true, false])
    func cancellation(resets: Bool) async throws {
        let cancelled = Gate()
        let started = Gate()
        let handler = ClosureHandler { _ in
            await withTaskCancellationHandler {
                started.open()
                await cancelled.wait()
            } onCancel: {
                cancelled.open()
            }
            return Response("nobody reads this")
        }
        try await withServer(.test(), handler) { address in
            try await HTTP2Client.open(to: address.port ?? 0) { client in
                try await client.send(client.headers(HTTP2Client.get, on: 1))
                await started.wait()
                // Either the stream ends, or with the end of this closure the connection.
                if resets {
                    try await client.send(client.reset(1))
                    await cancelled.wait()
                    #expect(try await client.get("/", on: 3)?.status == "200")
                }
            }
            await cancelled.wait()
        }
    }

    @Test("A producer waits while the client's window is closed, and goes on once it opens")
    func flowControl() async throws {
        let written = Atomic<Int>(0)
        let part = Bytes(String(repeating: "x", count: 10_000))
        let handler = ClosureHandler { _ in
            Response(contentType: "text/plain") { writer in
                for _ in 0..<50 {
                    try await writer.write(part)
                    written.add(1, ordering: .relaxed)
                }
            }
        }
        try await withServer(.test(), handler) { address in
            // No stream may send anything, at first.
            try await HTTP2Client.open(to: address.port ?? 0, settings: [(4, 0)]) { client in
                try await client.send(client.headers(HTTP2Client.get, on: 1))
                _ = try await client.next(.headers)
                try await client.send(.ping)
                while let frame = try await client.next(), frame.kind != .ping { #expect(frame.kind != .data) }
                #expect(written.load(ordering: .relaxed) < 10)
                try await client.send(client.windowUpdate(1_000_000), client.windowUpdate(1_000_000, on: 1))
                var count = 0
                while let frame = try await client.next() {
                    if frame.kind == .data { count += frame.payload.count }
                    if frame.endsStream { break }
                }
                #expect(count == 500_000)
            }
        }
    }

    @Test("A client that leaves its window closed has its stream reset in time")
    func stalledStream() async throws {
        try await withServer(
            .test { $0.limits.writeTimeout = .milliseconds(100) },
            answering: { _ in Response("never taken") }
        ) { address in
            try await HTTP2Client.open(to: address.port ?? 0, settings: [(4, 0)]) { client in
                try await client.send(client.headers(HTTP2Client.get, on: 1))
                #expect(try await client.response(on: 1)?.resetCode == 8)
            }
        }
    }

    @Test("A handler that does not read its body closes its stream's window, and only that")
    func uploadWindow() async throws {
        let gate = Gate()
        let handler = ClosureHandler { request in
            await gate.wait()
            return Response("\(try await request.body.collect(upTo: 1_000_000).count)")
        }
        try await withServer(.test(), handler) { address in
            try await HTTP2Client.open(to: address.port ?? 0) { client in
                try await client.settle()
                try await client.send(client.headers(HTTP2Client.post, on: 1, ends: false))
                let part = String(repeating: "x", count: 16_384)
                for _ in 0..<16 { try await client.send(client.data(part, on: 1, ends: false)) }
                try await client.send(.ping)
                while let frame = try await client.next(), frame.kind != .ping {
                    #expect(!(frame.kind == .windowUpdate && frame.stream == 1))
                }
                gate.open()
                while let update = try await client.next(.windowUpdate), update.stream != 1 {}
                try await client.send(client.data("end", on: 1))
                #expect(try await client.response(on: 1)?.text == "\(16 * 16_384 + 3)")
            }
        }
    }

    @Test("A client that sends more than the window allows is cut off")
    func overrun() async throws {
        let gone = Gate()
        let handler = ClosureHandler { _ in
            await withTaskCancellationHandler {
                await gone.wait()
            } onCancel: {
                gone.open()
            }
            return Response("nobody reads this")
        }
        try await withServer(.test(), handler) { address in
            try await HTTP2Client.open(to: address.port ?? 0) { client in
                try await client.settle()
                try await client.send(client.headers(HTTP2Client.post, on: 1, ends: false))
                let part = String(repeating: "x", count: 16_384)
                for _ in 0..<17 { try await client.send(client.data(part, on: 1, ends: false)) }
                #expect(try await client.response(on: 1)?.resetCode == 3)
                await gone.wait()
            }
        }
    }
}
#endif
