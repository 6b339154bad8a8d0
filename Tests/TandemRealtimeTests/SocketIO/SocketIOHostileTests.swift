// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema
import Testing

@testable import TandemRealtime

/// Clients that do as they please, by raw frames.
struct SocketIOHostileTests {
    @Test(arguments: ["4", "47", "42[]", #"42["connect"]"#, "44{}", "42{", "451-[\"a\"", "4599-[\"a\"]"])
    func `what is no packet closes the connection`(frame: String) async throws {
        try await SocketIOFixture.running { fixture async throws in
            try await fixture.socket { socket throws in
                #expect(try socket.join()?.hasPrefix(#"40{"sid":""#) == true)
                socket.send(frame)
                #expect(try socket.text() == nil)
            }
            try await SocketIOFixture.wait { fixture.io.clientsCount == 0 }
        }
    }

    @Test(arguments: [#"42["hello"]"#, "41", "431[]"])
    func `nothing goes before a namespace is joined`(frame: String) async throws {
        try await SocketIOFixture.running { fixture async throws in
            try await fixture.socket { socket throws in
                socket.send(frame)
                #expect(try socket.text() == nil)
            }
        }
    }

    @Test
    func `a namespace is joined once`() async throws {
        try await SocketIOFixture.running { fixture async throws in
            try await fixture.socket { socket throws in
                _ = try socket.join()
                socket.send("40")
                #expect(try socket.text() == nil)
            }
        }
    }

    @Test
    func `what comes late for a namespace that was left costs nothing`() async throws {
        try await SocketIOFixture.running { fixture async throws in
            try await fixture.socket { socket throws in
                _ = try socket.join()
                for frame in ["41", #"42["late"]"#, "430[]", "41"] { socket.send(frame) }
                #expect(try socket.join()?.hasPrefix("40") == true)
            }
        }
    }

    @Test
    func `a client is in so many namespaces at most`() async throws {
        var options = SocketIOOptions()
        options.maxNamespacesPerClient = 3
        try await SocketIOFixture.running(options, build: { _ = $0.of { _, _ in true } }) { fixture async throws in
            try await fixture.socket { socket throws in
                for index in 0..<3 { #expect(try socket.join("/n\(index)")?.hasPrefix("40/n\(index),") == true) }
                #expect(try socket.join("/n3") == #"44/n3,{"message":"Too many namespaces"}"#)
                socket.send("41/n0,")
                #expect(try socket.join("/n3")?.hasPrefix("40/n3,") == true)
            }
        }
    }

    @Test
    func `thousands of namespaces stay a bounded number`() async throws {
        try await SocketIOFixture.running(build: { _ = $0.of { _, _ in true } }) { fixture async throws in
            try await fixture.socket { socket throws in
                let count = 100
                for first in stride(from: 0, to: SocketIONamespaces.maxChildren + count, by: count) {
                    for index in first..<first + count {
                        socket.send("40/n\(index),")
                        socket.send("41/n\(index),")
                    }
                    for _ in 0..<count { _ = try socket.text() }
                }
            }
            #expect(fixture.io.namespaceCount <= SocketIONamespaces.maxChildren + 1)
        }
    }

    @Test
    func `an empty namespace goes where that was asked for`() async throws {
        var options = SocketIOOptions()
        options.cleanupEmptyChildNamespaces = true
        let build = { (io: SocketIOServer) in
            let parent = io.of { name, _ in name != "/no" }
            parent.use { socket in
                if socket.namespace.name == "/refused" { throw SocketIOError("no") }
            }
        }
        try await SocketIOFixture.running(options, build: build) { fixture async throws in
            try await fixture.socket { socket throws in
                #expect(try socket.join("/a")?.hasPrefix("40/a,") == true)
                #expect(try socket.join("/no") == #"44/no,{"message":"Invalid namespace"}"#)
                #expect(try socket.join("/refused") == #"44/refused,{"message":"no"}"#)
                #expect(fixture.io.namespaceCount == 2)
                socket.send("41/a,")
                #expect(try socket.join("/b")?.hasPrefix("40/b,") == true)
                #expect(fixture.io.namespaceCount == 2)
            }
        }
    }

    @Test
    func `who joins no namespace in time is closed`() async throws {
        var options = SocketIOOptions()
        options.connectTimeout = .milliseconds(50)
        try await SocketIOFixture.running(options) { fixture async throws in
            let isOpen = try await fixture.socket { socket throws in
                let stays = try WireSocket(port: fixture.port, SocketIOFixture.webSocket)
                _ = try stays.text()
                _ = try stays.join()
                #expect(try socket.text() == nil)
                stays.send("40/other,")
                return try stays.text() == #"44/other,{"message":"Invalid namespace"}"#
            }
            #expect(isOpen)
        }
    }

    @Test
    func `an error of the application is not told to clients`() async throws {
        struct Secret: Error {}
        try await SocketIOFixture.running(build: { $0.use { _ in throw Secret() } }) { fixture async throws in
            try await fixture.socket { socket throws in
                let answer = try socket.join()
                #expect(answer == #"44{"message":"Internal server error"}"#)
            }
        }
    }
}
