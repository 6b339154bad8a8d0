// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization
import TandemHTTP
import TandemServer
import Testing

/// Who is ahead of the other side waits, so that no side fills the server's memory.
@Suite(.timeLimit(.minutes(1)))
struct BackPressureTests {
    /// What the sockets of both sides may hold by themselves, and the server's part beside it.
    private static let bound = 16 << 20

    /// Waits until a number has stopped to change, and gives it.
    private static func settled(_ number: () -> Int) -> Int {
        var (last, times) = (number(), 0)
        while times < 10 {
            usleep(20_000)
            let now = number()
            times = now == last ? times + 1 : 0
            last = now
        }
        return last
    }

    @Test("A client that stops reading stops the producer, and one that goes on gets it all")
    func download() async throws {
        let total = 48 << 20
        let produced = Tally()
        let handler = ClosureHandler { _ in
            Response(contentType: "text/plain", length: total) { writer in
                let part = Bytes(Array(repeating: UInt8(ascii: "a"), count: 64 * 1024))
                for _ in 0..<(total / part.count) {
                    try await writer.write(part)
                    produced.add(part.count)
                }
            }
        }
        try await withServer(.test(), handler) { address in
            let client = try RawClient(address, receiveBuffer: 64 * 1024)
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
            try await blocking { () throws in
                #expect(Self.settled { produced.value } < Self.bound)
                #expect(try client.countBody(of: total) == total)
            }
        }
    }

    @Test("A handler that does not read stops the client, and one that goes on gets it all")
    func upload() async throws {
        let total = 48 << 20
        let gate = Gate()
        let handler = ClosureHandler { request in
            await gate.wait()
            var count = 0
            for try await bytes in request.body { count += bytes.count }
            return Response("\(count)")
        }
        try await withServer(.test { $0.limits.body = total }, handler) { address in
            let client = try RawClient(address)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \(total)\r\n\r\n")
            let part = [UInt8](repeating: 0, count: 64 * 1024)
            let answer = try await blocking {
                let sent = client.sendUntilStuck(part, upTo: total - part.count, patience: 300)
                #expect(sent < Self.bound)
                gate.open()
                var left = total - sent
                while left > 0, client.send(part.prefix(left)) { left -= min(left, part.count) }
                return try client.readResponse()?.text
            }
            #expect(answer == "\(total)")
        }
    }

    @Test("A client that asks without reading is not answered without end", arguments: [4 * 1024, 8 * 1024, 60 * 1024])
    func pipeline(size: Int) async throws {
        let answered = Tally()
        let body = Bytes(Array(repeating: UInt8(ascii: "a"), count: size))
        let handler = ImmediateHandler { _ in
            answered.add(1)
            return Response(body, contentType: "text/plain")
        }
        let asked = (24 << 20) / size
        let requests = String(repeating: "GET / HTTP/1.1\r\nHost: h\r\n\r\n", count: asked)
        try await withServer(.test(), handler) { address in
            let client = try RawClient(address, receiveBuffer: 64 * 1024)
            try await blocking { () throws in
                #expect(client.send(requests))
                #expect(Self.settled { answered.value } * size < 8 << 20)
                for _ in 1...asked where try client.readResponse()?.body.count != size {
                    Issue.record("an answer is missing or cut off")
                    return
                }
            }
        }
    }
}

/// Counts on any thread.
final class Tally: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { self.count.load(ordering: .relaxed) }

    func add(_ number: Int) {
        self.count.add(number, ordering: .relaxed)
    }
}
