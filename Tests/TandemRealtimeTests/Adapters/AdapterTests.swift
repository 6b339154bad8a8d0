// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis && PostgreSQL && os(Linux)
import TandemData
import TandemHTTP
import TandemRedis
import TandemSchema
import TestServers
import Testing

@testable import TandemRealtime

/// The adapters that every test runs on, each with a server of its own kind.
enum SharedAdapter: String, CaseIterable, CustomTestStringConvertible {
    case redis = "Redis"
    case postgreSQL = "PostgreSQL"

    static let installed: [SharedAdapter] =
        (RedisServer.isInstalled ? [.redis] : []) + (PostgreSQLServer.isInstalled ? [.postgreSQL] : [])

    var testDescription: String { self.rawValue }

    /// Runs a test with two processes that share rooms.
    func run(_ body: @escaping (AdapterFixture, AdapterFixture) async throws -> Void) async throws {
        // A name of its own, so that tests beside it are not heard.
        let name = "test-\(UInt64.random(in: 0 ... .max))"
        let makers: [@Sendable (LocalSockets) -> any SocketIOAdapter]
        switch self {
        case .redis:
            let url = try #require(RedisServer.shared).url
            var settings = RedisAdapterSettings()
            settings.key = name
            // Redis knows processes by their connections, so each has one of its own.
            let clients = [try Redis(url: url), try Redis(url: url)]
            makers = clients.map { [settings] client in { RedisAdapter($0, client, settings) } }
        case .postgreSQL:
            let database = try Database(url: try #require(PostgreSQLServer.shared).url)
            var settings = PostgreSQLAdapterSettings()
            settings.channelPrefix = name
            let maker: @Sendable (LocalSockets) -> any SocketIOAdapter = { [settings] in
                PostgreSQLAdapter($0, database, settings)
            }
            makers = [maker, maker]
        }
        try await AdapterFixture.running(makers[0]) { one async throws in
            try await AdapterFixture.running(makers[1]) { other async throws in
                while try await one.io.sockets.adapter.serverCount() < 2 { await Task.yield() }
                while try await other.io.sockets.adapter.serverCount() < 2 { await Task.yield() }
                try await body(one, other)
            }
        }
    }
}

@Suite("Two processes are one to their clients", .serialized)
struct AdapterTests {
    @Test(arguments: SharedAdapter.installed)
    func `An event reaches the rooms of both, but those that are left out, and once`(
        adapter: SharedAdapter
    ) async throws {
        try await adapter.run { one, other in
            let here = try await one.client(in: "a")
            let there = try await other.client(in: "a", "b")
            let muted = try await other.client(in: "a", "muted")
            one.io.to("a").except("muted").emit("news", 1, "ü")
            one.io.to("a", "b").emit("both")
            other.io.to(muted.id).emit("own")
            one.io.emit("all", Bytes([1, 2]))
            #expect(try await here.next() == #"42["news",1,"ü"]"#)
            #expect(try await here.next() == #"42["both"]"#)
            #expect(try await there.next() == #"42["news",1,"ü"]"#)
            #expect(try await there.next() == #"42["both"]"#)
            for client in [here, there] {
                #expect(try await client.next() == #"451-["all",{"_placeholder":true,"num":0}]"#)
                #expect(try await client.next() == "bytes:\u{1}\u{2}")
            }
            // From two processes, so in either order.
            let texts = [try await muted.next(), try await muted.next()]
            #expect(Set(texts) == [#"42["both"]"#, #"42["own"]"#])
            one.io.local.to("b").emit("never")
            one.io.to("b").emit("last")
            #expect(try await there.next() == #"42["last"]"#)
        }
    }

    @Test(arguments: SharedAdapter.installed)
    func `A thousand events come in order, long ones among them`(adapter: SharedAdapter) async throws {
        try await adapter.run { one, other in
            let there = try await other.client(in: "a")
            let long = String(repeating: "x", count: 20_000)
            for number in 0..<1000 { one.io.to("a").emit("n", number.isMultiple(of: 100) ? long : "", number) }
            for number in 0..<1000 {
                let text = number.isMultiple(of: 100) ? long : ""
                let next = try await there.next()
                #expect(next == "42[\"n\",\"\(text)\",\(number)]")
            }
        }
    }

    @Test(arguments: SharedAdapter.installed)
    func `Sockets of the other are found, moved and disconnected`(adapter: SharedAdapter) async throws {
        try await adapter.run { one, other in
            let here = try await one.client(in: "a")
            let there = try await other.client(in: "a", "b")
            let found = try await one.io.in("a").fetchSockets()
            #expect(Set(found.map(\.id)) == [here.id, there.id])
            #expect(found.first { $0.id == there.id }?.rooms == [there.id, "a", "b"])
            #expect(
                found.first { $0.id == there.id }?.handshake["auth"]
                    == .object(["rooms": .array([.string("a"), .string("b")])])
            )
            one.io.in("b").socketsJoin("c", "d")
            one.io.in("c").socketsLeave("a")
            one.io.to("d").emit("moved")
            #expect(try await there.next() == #"42["moved"]"#)
            #expect(try await one.io.in("a").fetchSockets().map(\.id) == [here.id])
            one.io.in("c").disconnectSockets()
            #expect(try await there.next() == "41")
            while try await one.io.fetchSockets().count > 1 { await Task.yield() }
        }
    }

    @Test(arguments: SharedAdapter.installed)
    func `Clients of both acknowledge, and servers answer each other`(adapter: SharedAdapter) async throws {
        try await adapter.run { one, other in
            let here = try await one.client(in: "a")
            let there = try await other.client(in: "a")
            async let answers: [String] = one.io.to("a").emitWithAck("ask", "?")
            for (client, answer) in [(here, "here"), (there, "there")] {
                let text = try #require(try await client.next())
                let id = text.dropFirst(2).prefix { $0.isNumber }
                #expect(text.hasSuffix(#"["ask","?"]"#))
                client.send("43\(id)[\"\(answer)\"]")
            }
            #expect(try await answers.sorted() == ["here", "there"])
            other.io.sockets.on("add", AdapterFixture.sum)
            #expect(try await one.io.sockets.serverSideEmitWithAck("add", [2, 3], as: Int.self) == [5])
            let (heard, hear) = AsyncStream.makeStream(of: String.self)
            let tell: @Sendable (String) async throws -> Void = { hear.yield($0) }
            other.io.sockets.on("tell", tell)
            one.io.sockets.serverSideEmit("tell", "it")
            var hearing = heard.makeAsyncIterator()
            #expect(await hearing.next() == "it")
            await #expect(throws: BroadcastTimeoutError.self) {
                try await one.io.sockets.serverSideEmitWithAck("nobody", timeout: .milliseconds(100), as: Int.self)
            }
        }
    }
}
#endif
