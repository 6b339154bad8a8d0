// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemRealtime

/// Clients that others wrote: the official one of JavaScript, in Node and in a page, and python-socketio's.
@Suite("Socket.IO's clients", .timeLimit(.minutes(5)))
struct SocketIOClientsTests {
    private static let programs = "Tests/TandemRealtimeTests/SocketIO/Programs"
    private static let client = ".tools/socketio/socket.io.min.js"
    private static let python = ".tools/python/bin/python"

    private static let options = {
        var options = SocketIOOptions()
        options.connectionStateRecovery = .init()
        return options
    }()

    @Test("The official client in Node: polling, WebSocket, and the move to it")
    func node() async throws {
        try #require(Tool.exists(Self.client), "Socket.IO's client is missing: run Scripts/setup test")
        try await SocketIOFixture.running(Self.options, build: MatrixApplication.build) { fixture async throws in
            let output = try await Tool.run(
                ["env", "NODE_PATH=/usr/share/nodejs", "node", "\(Self.programs)/node.js", Self.client, fixture.url]
            )
            #expect(output == "all well\n")
        }
    }

    @Test("The official client in a page")
    func page() async throws {
        let browser = "/usr/bin/chromium-headless-shell"
        try #require(Tool.exists(Self.client) && Tool.exists(browser), "run Scripts/setup test")
        try await SocketIOFixture.running(Self.options, build: MatrixApplication.build) { fixture async throws in
            let output = try await Tool.run(
                [Self.python, "\(Self.programs)/page.py", fixture.url, browser, Self.client]
            )
            #expect(output == "all well\n")
        }
    }

    @Test("python-socketio")
    func python() async throws {
        try #require(Tool.exists(Self.python), "Python's environment is missing: run Scripts/setup test")
        try await SocketIOFixture.running(build: MatrixApplication.build) { fixture async throws in
            let output = try await Tool.run([Self.python, "\(Self.programs)/client.py", fixture.url])
            #expect(output == "done\n")
        }
    }
}
