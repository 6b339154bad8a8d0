// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import Glibc
import NIOCore
import TandemSockets
import Testing

@testable import TandemServer

@Suite("A reactor watches sockets for others", .timeLimit(.minutes(1)))
struct ReactorTests {
    /// What came, and whether on the reactor's thread.
    private struct Call: Equatable {
        let what: String
        var isOnLoop = true
    }

    private let reactor: Reactor
    private let loop: SocketLoop
    /// Two sockets that are connected to each other.
    private let ends: [Int32]

    init() async throws {
        self.reactor = try Reactor(name: "test") { _, _ in }
        self.loop = try #require(try await self.reactor.submit { SocketLoop.current }.get())
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        self.ends = ends
    }

    private func close() async throws {
        try await self.reactor.shutdownGracefully()
        for end in self.ends { Glibc.close(end) }
    }

    @Test("It calls on its thread, and runs what a call gives it to do before it sleeps")
    func calls() async throws {
        #expect(SocketLoop.current == nil)
        let (calls, came) = AsyncStream.makeStream(of: Call.self)
        let isWatched = self.loop.add(self.ends[0], id: 1) { [reactor, ends] event in
            var byte: UInt8 = 0
            _ = read(ends[0], &byte, 1)
            came.yield(Call(what: "\(event) \(byte)", isOnLoop: reactor.inEventLoop))
            reactor.execute { came.yield(Call(what: "task", isOnLoop: reactor.inEventLoop)) }
        }
        #expect(isWatched)
        var next = calls.makeAsyncIterator()
        for byte in UInt8(1)...3 {
            var byte = byte
            #expect(write(self.ends[1], &byte, 1) == 1)
            #expect(await next.next() == Call(what: "ready \(byte)"))
            #expect(await next.next() == Call(what: "task"))
        }
        self.loop.remove(self.ends[0], id: 1)
        try await self.close()
    }

    @Test("It calls too when a socket can be written, where that is asked for")
    func writing() async throws {
        let (calls, came) = AsyncStream.makeStream(of: Call.self)
        let isWatched = self.loop.add(self.ends[0], id: 1) { [loop, ends] event in
            loop.change(ends[0], id: 1, writing: false)
            came.yield(Call(what: "\(event)"))
        }
        #expect(isWatched)
        self.loop.change(self.ends[0], id: 1, writing: true)
        var next = calls.makeAsyncIterator()
        #expect(await next.next() == Call(what: "ready"))
        self.loop.remove(self.ends[0], id: 1)
        try await self.close()
    }

    @Test("At its end it gives back what it watches, and takes no more")
    func end() async throws {
        let (calls, came) = AsyncStream.makeStream(of: Call.self)
        for id in UInt64(1)...2 {
            let isWatched = self.loop.add(self.ends[Int(id) - 1], id: id) { event in
                came.yield(Call(what: "\(id) \(event)"))
            }
            #expect(isWatched)
        }
        self.loop.remove(self.ends[0], id: 1)
        try await self.reactor.shutdownGracefully()
        #expect(!self.loop.add(self.ends[0], id: 1) { _ in came.yield(Call(what: "late")) })
        came.finish()
        #expect(await calls.reduce(into: []) { $0.append($1) } == [Call(what: "2 ended")])
        for end in self.ends { Glibc.close(end) }
    }

    @Test("Many threads that give it something to do at once are all served")
    func waking() async throws {
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    var sum = 0
                    for round in 0..<500 { sum += try await self.reactor.submit { number + round }.get() }
                    return sum
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 8 * 499 * 500 / 2 + 500 * 28)
        try await self.close()
    }
}
#endif
