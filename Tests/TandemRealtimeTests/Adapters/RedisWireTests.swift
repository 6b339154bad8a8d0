// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis && os(Linux)
import Foundation
import TandemHTTP
import TandemRedis
import TestServers
import Testing

@testable import TandemRealtime

/// What Node's adapter and emitter send and expect, written down from their source by hand.
@Suite("On the wire as Node's Redis adapter", .enabled(if: RedisServer.isInstalled, "needs Redis: Scripts/setup test"))
struct RedisWireTests {
    private let redis: Redis
    private let key: String

    init() throws {
        self.redis = try Redis(url: try #require(RedisServer.shared).url)
        self.key = "wire-\(UInt64.random(in: 0 ... .max))"
    }

    private func run(_ body: (AdapterFixture, RedisAdapter) async throws -> Void) async throws {
        var settings = RedisAdapterSettings()
        settings.key = self.key
        try await AdapterFixture.running(
            { [redis, settings] in RedisAdapter($0, redis, settings) }
        ) { fixture async throws in
            try await body(fixture, try #require(fixture.io.sockets.adapter as? RedisAdapter))
        }
    }

    /// `["emitter", {type: 2, data: [...], nsp: "/"}, {rooms: [...], flags: {}, except: []}]` as notepack writes it.
    private static func emitted(_ data: [UInt8], rooms: [String] = [], nsp: String = "/") -> [UInt8] {
        let rooms = [UInt8(0x90 | rooms.count)] + rooms.flatMap { [0xA0 | UInt8($0.utf8.count)] + Array($0.utf8) }
        return [0x93, 0xA7] + Array("emitter".utf8) + [0x83, 0xA4] + Array("type".utf8) + [2, 0xA4]
            + Array("data".utf8) + data + [0xA3] + Array("nsp".utf8) + [0xA0 | UInt8(nsp.utf8.count)] + Array(nsp.utf8)
            + [0x83, 0xA5] + Array("rooms".utf8) + rooms + [0xA5] + Array("flags".utf8) + [0x80, 0xA6]
            + Array("except".utf8) + [0x90]
    }

    @Test
    func `What Node's emitter publishes is delivered, and what is not for us is not`() async throws {
        try await self.run { fixture, _ in
            let client = try await fixture.client(in: "a")
            let hi: [UInt8] = [0x93, 0xA2] + Array("hi".utf8) + [0xCD, 1, 0, 0xC4, 2, 7, 8]
            let end: [UInt8] = [0x91, 0xA3] + Array("end".utf8)
            for (message, channel) in [
                (Self.emitted(hi, rooms: ["a"]), "#/#a#"), (Self.emitted(hi, rooms: ["b"]), "#/#b#"),
                (Self.emitted(hi, nsp: "/other"), "#/#"), (Array("garbage".utf8), "#/#"), ([], "#/#"),
                (Array(Self.emitted(hi).dropLast(2)), "#/#"), (Self.emitted(end), "#/#"),
            ] { try await self.redis.publish(RedisArgument(message), to: self.key + channel) }
            #expect(try await client.next() == #"451-["hi",256,{"_placeholder":true,"num":0}]"#)
            #expect(try await client.next() == "bytes:\u{7}\u{8}")
            #expect(try await client.next() == #"42["end"]"#)
        }
    }

    @Test
    func `What we publish is what Node's adapter would`() async throws {
        try await self.run { fixture, adapter in
            var heard = try await self.redis.subscribe(toPatterns: self.key + "*").makeAsyncIterator()
            fixture.io.to("a").emit("hi", 1)
            let message = try #require(await heard.next())
            #expect(message.channel == self.key + "#/#a#")
            let expected: [UInt8] =
                [0x93, 0xA6] + Array(adapter.id.utf8) + [0x83, 0xA4] + Array("type".utf8) + [2, 0xA4]
                + Array("data".utf8) + [0x92, 0xA2] + Array("hi".utf8) + [1, 0xA3] + Array("nsp".utf8) + [0xA1, 0x2F]
                + [0x83, 0xA5] + Array("rooms".utf8) + [0x91, 0xA1, 0x61, 0xA6] + Array("except".utf8) + [0x90, 0xA5]
                + Array("flags".utf8) + [0x80]
            #expect(message.payload == expected)
            fixture.io.to("a", "b").except("c").volatile.emit("hi")
            #expect(try #require(await heard.next()).channel == self.key + "#/#")
            fixture.io.in("a").socketsJoin("b")
            let join = try #require(await heard.next())
            #expect(join.channel == self.key + "-request#/#")
            let fields = #""opts":{"rooms":["a"],"except":[]},"rooms":["b"]}"#
            #expect(join.text == "{\"uid\":\"\(adapter.id)\",\"type\":2," + fields)
            fixture.io.disconnectSockets(close: true)
            let disconnect = #""type":4,"opts":{"rooms":[],"except":[]},"close":true}"#
            #expect(try #require(await heard.next()).text.hasSuffix(disconnect))
            fixture.io.sockets.serverSideEmit("tell", 1)
            #expect(
                try #require(await heard.next()).text == "{\"uid\":\"\(adapter.id)\",\"type\":6,\"data\":[\"tell\",1]}"
            )
        }
    }

    struct Question: Sendable, CustomTestStringConvertible {
        let request: String
        /// What is answered, where `SID` stands for the client's id.
        let answer: String

        var testDescription: String { self.request }
    }

    @Test(arguments: [
        Question(request: #""type":0,"rooms":["a"]"#, answer: #"{"requestId":"r1","sockets":["SID"]}"#),
        Question(request: #""type":0,"rooms":["z"]"#, answer: #"{"requestId":"r1","sockets":[]}"#),
        Question(request: #""type":1"#, answer: #"{"requestId":"r1","rooms":["a","SID"]}"#),
        Question(request: #""type":2,"sid":"SID","room":"b""#, answer: #"{"requestId":"r1"}"#),
        Question(request: #""type":3,"sid":"SID","room":"a""#, answer: #"{"requestId":"r1"}"#),
        Question(request: #""type":4,"sid":"SID","close":false"#, answer: #"{"requestId":"r1"}"#),
        Question(request: #""type":6,"data":["add",[2,3]]"#, answer: #"{"type":6,"requestId":"r1","data":5}"#),
        Question(
            request: #""type":7,"packet":{"type":2,"data":["ask"],"nsp":"/"},"opts":{"rooms":["z"],"except":[]}"#,
            answer: #"{"type":8,"requestId":"r1","clientCount":0}"#
        ),
    ])
    func `What Node's adapter asks is answered as it wants it`(question: Question) async throws {
        try await self.run { fixture, _ in
            fixture.io.sockets.on("add", AdapterFixture.sum)
            let client = try await fixture.client(in: "a")
            var answers = try await self.redis.subscribe(to: self.key + "-response#/#").makeAsyncIterator()
            for garbage in ["{", "{}", "[]", #"{"type":99}"#, #"{"type":5}"#, "\u{1}"] {
                try await self.redis.publish(garbage, to: self.key + "-request#/#")
            }
            let request = "{\"uid\":\"node01\",\"requestId\":\"r1\"," + question.request + "}"
            try await self.redis.publish(
                request.split(separator: "SID", omittingEmptySubsequences: false).joined(separator: client.id),
                to: self.key + "-request#/#"
            )
            let expected = question.answer.split(separator: "SID", omittingEmptySubsequences: false)
                .joined(separator: client.id)
            #expect(await answers.next()?.text == expected)
        }
    }

    @Test
    func `The answers of another server's clients come as MessagePack`() async throws {
        try await self.run { fixture, _ in
            let client = try await fixture.client(in: "a")
            var answers = try await self.redis.subscribe(to: self.key + "-response#/#").makeAsyncIterator()
            let request: MessagePackValue = [
                "uid": "node01", "requestId": "r2", "type": 7,
                "packet": ["type": 2, "data": .array(["ask"]), "nsp": "/"],
                "opts": ["rooms": .array([]), "except": .array([]), "flags": ["timeout": 1000]],
            ]
            try await self.redis.publish(RedisArgument(MessagePackWriter.write(request)), to: self.key + "-request#/#")
            #expect(await answers.next()?.text == #"{"type":8,"requestId":"r2","clientCount":1}"#)
            let text = try #require(try await client.next())
            client.send("43" + text.dropFirst(2).prefix { $0.isNumber } + #"["yes"]"#)
            let expected: MessagePackValue = ["type": 9, "requestId": "r2", "packet": "yes"]
            #expect(await answers.next()?.payload == MessagePackWriter.write(expected))
        }
    }

    @Test
    func `A Python program that speaks as Node's emitter is heard`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appending(path: ".tools/python/bin/python").path
        try #require(FileManager.default.isExecutableFile(atPath: python), "Scripts/setup test installs it")
        let program = """
            import msgpack, redis, sys, json
            client = redis.Redis(port=int(sys.argv[1])); key = sys.argv[2]
            packet = {"type": 2, "data": ["from python", {"a": [1, 2.5, None, True]}, b"\\x00\\xff"], "nsp": "/"}
            client.publish(key + "#/#a#", msgpack.packb(["emitter", packet, {"rooms": ["a"], "flags": {}, "except": []}]))
            request = {"type": 2, "opts": {"rooms": ["a"], "except": []}, "rooms": ["b"]}
            client.publish(key + "-request#/#", json.dumps(request))
            packet = {"type": 2, "data": ["to b"], "nsp": "/"}
            client.publish(key + "#/#b#", msgpack.packb(["emitter", packet, {"rooms": ["b"], "flags": {}, "except": []}]))
            """
        try await self.run { fixture, _ in
            let client = try await fixture.client(in: "a")
            let process = Process()
            process.executableURL = URL(filePath: python)
            process.arguments = ["-c", program, "\(try #require(RedisServer.shared).port)", self.key]
            try process.run()
            #expect(
                try await client.next()
                    == #"451-["from python",{"a":[1,2.5,null,true]},{"_placeholder":true,"num":0}]"#
            )
            #expect(try await client.next()?.hasPrefix("bytes:") == true)
            #expect(try await client.next() == #"42["to b"]"#)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
    }

    @Test
    func `Losing Redis is survived: local delivery goes on, the rest resumes`() async throws {
        let server = try RedisServer()
        var settings = RedisSettings(url: server.url)
        settings.reconnectDelay = .milliseconds(5) ... .milliseconds(50)
        // Redis knows processes by their connections, so each has one of its own.
        let clients = [try Redis(settings), try Redis(settings)]
        try await AdapterFixture.running({ RedisAdapter($0, clients[0]) }) { one async throws in
            try await AdapterFixture.running({ RedisAdapter($0, clients[1]) }) { other async throws in
                let here = try await one.client(in: "a")
                let there = try await other.client(in: "a")
                one.io.to("a").emit("before")
                for client in [here, there] { #expect(try await client.next() == #"42["before"]"#) }
                server.kill()
                one.io.to("a").emit("while")
                #expect(try await here.next() == #"42["while"]"#)
                try server.start()
                while (try? await one.io.sockets.adapter.serverCount()) ?? 0 < 2 {}
                one.io.to("a").emit("after")
                #expect(try await here.next() == #"42["after"]"#)
                var next = try await there.next()
                // It may have waited for Redis, and come late.
                if next == #"42["while"]"# { next = try await there.next() }
                #expect(next == #"42["after"]"#)
            }
        }
    }
}
#endif
