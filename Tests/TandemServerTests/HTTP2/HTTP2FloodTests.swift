// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import TandemHTTP
import TandemServer
import Testing

@Suite("HTTP/2 floods are cut off, and harm no other connection", .timeLimit(.minutes(1)))
struct HTTP2FloodTests {
    /// What a client does over and over that makes work and asks for nothing.
    enum Flood: String, CaseIterable, Sendable {
        case rapidReset, continuation, settings, ping, priority, windowUpdate, emptyData, malformed, wrongLength

        /// The frames of one turn.
        func frames(_ turn: Int, _ client: HTTP2Client) throws -> [RawFrame] {
            let stream = UInt32(2 * turn + 1)
            switch self {
            case .rapidReset:
                return [try client.headers(HTTP2Client.get, on: stream), client.reset(stream)]
            case .continuation:
                return turn == 0
                    ? [RawFrame(kind: .headers, stream: 1, payload: [])]
                    : [RawFrame(kind: .continuation, stream: 1, payload: [])]
            case .settings:
                return [RawFrame(kind: .settings)]
            case .ping:
                return [RawFrame(kind: .ping, payload: [1, 2, 3, 4, 5, 6, 7, 8])]
            case .priority:
                return [RawFrame(kind: .priority, stream: stream, payload: [0, 0, 0, 0, 1])]
            case .windowUpdate:
                return [client.windowUpdate(1)]
            case .emptyData:
                let empty = RawFrame(kind: .data, stream: 1)
                return turn == 0 ? [try client.headers(HTTP2Client.post, on: 1, ends: false), empty] : [empty]
            case .malformed:
                return [try client.headers(HTTP2Client.get + [("connection", "close")], on: stream)]
            case .wrongLength:
                let head = HTTP2Client.post + [("content-length", "1")]
                return [try client.headers(head, on: stream, ends: false), client.data("too long", on: stream)]
            }
        }
    }

    @Test("A flood ends with GOAWAY", arguments: Flood.allCases)
    func flood(_ flood: Flood) async throws {
        let handler = ClosureHandler { request in
            _ = try await request.body.collect(upTo: 100)
            return Response("here")
        }
        try await withServer(.test(), handler) { address in
            try await HTTP2Client.open(to: address.port ?? 0) { other in
                let before = try await other.get("/before", on: 1)
                let code = try await self.send(flood, to: address.port ?? 0)
                let after = try await other.get("/after", on: 3)
                #expect(before?.status == "200")
                #expect(code == 11)
                #expect(after?.status == "200")
            }
        }
    }

    /// Sends on and on, and gives the code of the GOAWAY that ends it.
    private func send(_ flood: Flood, to port: Int) async throws -> UInt32? {
        try await HTTP2Client.open(to: port) { client in
            let frames = try (0..<5_000).flatMap { try flood.frames($0, client) }
            let outbound = client.connection.outbound
            async let sending: ()? = try? outbound.write(ByteBuffer(bytes: frames.flatMap(\.bytes)))
            let goAway = try await client.next(.goAway)
            await sending
            return goAway?.number(at: 4)
        }
    }
}
#endif
