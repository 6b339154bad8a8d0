// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemHTTP
import TandemServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    /// Answers with what is known of the connection.
    private static let handler = ClosureHandler { request in
        Response("\(request.connection.remoteAddress ?? "-") \(request.connection.localAddress ?? "-")")
    }

    private static func ask(_ address: BoundAddress) throws -> String? {
        let client = try RawClient(address)
        client.send(Self.request)
        return try client.readResponse()?.text
    }

    @Test("A Unix socket, which replaces one that a dead server left")
    func unixSocket() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/socket"
            var configuration = ServerConfiguration.test()
            configuration.listeners = [.unix(path: path)]
            for _ in 1...2 {
                try await withServer(configuration, Self.handler) { address in
                    #expect(address.host == path)
                    #expect(address.port == nil)
                    let answer = try Self.ask(address)
                    #expect(answer == "- \(path)")
                }
                // The file stays behind, as where a server dies.
                #expect(FileManager.default.fileExists(atPath: path))
            }
        }
    }

    @Test("A file that is no socket is not replaced")
    func noSocket() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/precious"
            #expect(FileManager.default.createFile(atPath: path, contents: Data("data".utf8)))
            var configuration = ServerConfiguration.test()
            configuration.listeners = [.unix(path: path)]
            await #expect(throws: (any Error).self) {
                try await withServer(configuration, Self.handler) { _ in }
            }
            #expect(FileManager.default.contents(atPath: path) == Data("data".utf8))
        }
    }

    @Test("Several listeners, on several loops")
    func several() async throws {
        try await withTemporaryFolder { folder in
            var configuration = ServerConfiguration.test()
            configuration.eventLoops = 3
            configuration.listeners = [.tcp(port: 0), .tcp(port: 0), .unix(path: "\(folder)/socket")]
            try await RunningTestServer.running(configuration, Self.handler) { server in
                #expect(server.addresses.count == 3)
                #expect(server.addresses[0].port != server.addresses[1].port)
                for address in server.addresses {
                    for _ in 1...6 {
                        let peer = address.port == nil ? "-" : "127.0.0.1"
                        let answer = try Self.ask(address)
                        #expect(answer?.hasPrefix(peer) == true)
                    }
                }
            }
        }
    }

    @Test("Servers that share a port share its connections")
    func sharedPort() async throws {
        let first = ServerConfiguration.test {
            $0.reusesPort = true
            $0.eventLoops = 2
        }
        try await withServer(first, answering: { _ in Response("first") }) { address in
            var second = ServerConfiguration.test { $0.reusesPort = true }
            second.listeners = [.tcp(port: try #require(address.port))]
            try await withServer(second, answering: { _ in Response("second") }) { _ in
                var answers: Set<String?> = []
                for _ in 1...100 where answers.count < 2 { answers.insert(try Self.ask(address)) }
                #expect(answers == ["first", "second"])
            }
        }
    }

    @Test("A port that is taken is an error that says so")
    func takenPort() async throws {
        try await withServer(.test(), Self.handler) { address in
            var second = ServerConfiguration.test()
            second.listeners = [.tcp(port: try #require(address.port))]
            do {
                try await withServer(second, Self.handler) { _ in }
                Issue.record("two servers listen at one port")
            } catch {
                #expect("\(error)".contains("\(address.port ?? 0)"))
            }
        }
    }
}
