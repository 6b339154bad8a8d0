// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import TandemServer
import Testing

/// How WebSockets end, by the bytes of a client that may say anything.
@Suite("The end of a WebSocket", .timeLimit(.minutes(1)))
struct WebSocketClosingTests {
    struct Violation: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let code: UInt16
    }

    static let violations = [
        Violation(testDescription: "a reserved bit", bytes: [0xC1, 0x80, 0, 0, 0, 0], code: 1002),
        Violation(testDescription: "a reserved opcode", bytes: [0x83, 0x80, 0, 0, 0, 0], code: 1002),
        Violation(testDescription: "a reserved control opcode", bytes: [0x8B, 0x80, 0, 0, 0, 0], code: 1002),
        Violation(testDescription: "no mask", bytes: [0x81, 0x01, 0x61], code: 1002),
        Violation(testDescription: "a long ping", bytes: [0x89, 0xFE, 0, 126], code: 1002),
        Violation(testDescription: "a fragmented ping", bytes: clientFrame(9, [], isFinal: false), code: 1002),
        Violation(testDescription: "a continuation of nothing", bytes: clientFrame(0, [1]), code: 1002),
        Violation(testDescription: "a length in more bytes than it needs", bytes: [0x82, 0xFE, 0, 1], code: 1002),
        Violation(testDescription: "a bad close code", bytes: clientClose(1005), code: 1002),
        Violation(testDescription: "half a close code", bytes: clientFrame(8, [3]), code: 1002),
        Violation(testDescription: "no UTF-8", bytes: clientFrame(1, [0xFF]), code: 1007),
        Violation(
            testDescription: "no UTF-8 over two fragments",
            bytes: clientFrame(1, [0xE2, 0x82], isFinal: false) + clientFrame(0, [0x61], isFinal: false),
            code: 1007
        ),
        Violation(testDescription: "no UTF-8 in a reason", bytes: clientFrame(8, [3, 0xE8, 0xC0]), code: 1007),
        Violation(testDescription: "too long a frame", bytes: [0x82, 0xFF, 0, 0, 0, 1, 0, 0, 0, 0], code: 1009),
    ]

    /// Runs an echo server while `body` does, and says how the handler's messages ended.
    private func ending(
        _ settings: WebSocketSettings = WebSocketSettings(),
        _ body: @escaping @Sendable (WebSocketClient) throws -> Void
    ) async throws -> WebSocketError? {
        let ended = Mutex<WebSocketError??>(nil)
        let handler = EchoHandler(settings: settings) { error in ended.withLock { $0 = .some(error) } }
        return try await withServer(.test(), handler) { address in
            try await blocking { try body(WebSocketClient(address)) }
            #expect(try await eventually { ended.withLock { $0 != nil } })
            return ended.withLock { $0 ?? nil }
        }
    }

    @Test("What breaks the protocol is closed with its code, after what came before is answered", arguments: violations)
    func violation(_ violation: Violation) async throws {
        let error = try await self.ending { client throws in
            client.send(clientText("before"), violation.bytes, clientText("behind"))
            #expect(try client.next() == .text("before"))
            #expect(try client.closeCode() == violation.code)
        }
        #expect(error?.code.rawValue == violation.code)
    }

    @Test(
        "A client that closes is answered with its code, and the messages end",
        arguments: [(1000, true), (1001, true), (1011, false), (3000, false), (4321, false)] as [(UInt16, Bool)]
    )
    func client(code: UInt16, isNormal: Bool) async throws {
        let error = try await self.ending { client throws in
            client.send(clientText("last"), clientClose(code, "bye"))
            #expect(try client.next() == .text("last"))
            #expect(try client.next() == .close(code))
            #expect(try client.raw.readToEnd().isEmpty)
            #expect(!client.raw.wasReset)
        }
        #expect(error?.code.rawValue == (isNormal ? nil : code))
        #expect(error?.reason == (isNormal ? nil : "bye"))
    }

    @Test("A close without a code is answered without one")
    func noCode() async throws {
        let error = try await self.ending { client throws in
            client.send(clientFrame(8, []))
            #expect(try client.next() == .emptyClose)
            #expect(try client.raw.readToEnd().isEmpty)
        }
        #expect(error == nil)
    }

    @Test("A client that goes without a word is lost", arguments: [false, true])
    func lost(resets: Bool) async throws {
        let error = try await self.ending { client throws in
            client.send(clientText("a"))
            #expect(try client.next() == .text("a"))
            client.raw.close(resets: resets)
        }
        #expect(error?.code == .abnormal)
    }

    @Test("A client that half closes in the middle of a frame is lost")
    func halfFrame() async throws {
        let error = try await self.ending { client throws in
            client.send([0x81, 0x85, 1, 2])
            client.raw.finish()
            #expect(try client.raw.readToEnd().isEmpty)
        }
        #expect(error?.code == .abnormal)
    }

    @Test("A handler that returns closes normally, one that throws with 1011", arguments: [false, true])
    func handlerEnds(throwing: Bool) async throws {
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                try await socket.send("Hello")
                if throwing { throw HTTPError(.notFound) }
            }
        }
        try await withServer(.test(), handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                #expect(try client.next() == .text("Hello"))
                // What is said before the client agrees is not heard.
                client.send(clientText("too late"))
                let code: UInt16 = throwing ? 1011 : 1000
                #expect(try client.next() == .close(code))
                client.send(clientClose(code))
                #expect(try client.raw.readToEnd().isEmpty)
                #expect(!client.raw.wasReset)
            }
        }
    }

    @Test("A handler closes with a code and a reason, and cannot send afterwards")
    func handlerCloses() async throws {
        let thrown = Mutex<WebSocketError?>(nil)
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                socket.close(WebSocketCloseCode(rawValue: 4000), reason: "enough")
                for try await _ in socket.messages { Issue.record("a message behind the close") }
                do throws(WebSocketError) {
                    try await socket.send("late")
                } catch {
                    thrown.withLock { $0 = error }
                }
            }
        }
        try await withServer(.test(), handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address, behind: clientText("a"))
                #expect(try client.next() == .close(4000, "enough"))
                client.send(clientClose(4000))
                #expect(try client.raw.readToEnd().isEmpty)
            }
        }
        #expect(thrown.withLock { $0?.code.rawValue } == 4000)
    }

    @Test("A client that does not agree to a close is cut off after the time-out")
    func closeTimeout() async throws {
        var settings = WebSocketSettings()
        settings.closeTimeout = .milliseconds(100)
        let limits = settings
        let handler = ClosureHandler { request in try Response.webSocket(request, limits) { $0.close() } }
        try await withServer(.test(), handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                #expect(try client.next() == .close(1000))
                #expect(try client.raw.readToEnd().isEmpty)
            }
        }
    }

    @Test("A client that does not answer pings is lost, one that does is not")
    func pings() async throws {
        var settings = WebSocketSettings()
        settings.pingInterval = .milliseconds(100)
        settings.pingTimeout = .milliseconds(100)
        let error = try await self.ending(settings) { client throws in
            for _ in 0..<2 {
                #expect(try client.next() == .init(opcode: 9, payload: []))
                client.send(clientFrame(10, []))
            }
            #expect(try client.next() == .init(opcode: 9, payload: []))
            #expect(try client.next() == nil)
        }
        #expect(error?.code == .abnormal)
        #expect(error?.reason == "The client did not answer a ping in time.")
    }

    @Test("A server that shuts down closes its WebSockets with 1001")
    func shutdown() async throws {
        let ended = Mutex<WebSocketError??>(nil)
        let handler = EchoHandler { error in ended.withLock { $0 = .some(error) } }
        try await RunningTestServer.running(.test(), handler) { server in
            let client = try await blocking { try WebSocketClient(server.address) }
            await server.shutDown()
            try await blocking { () throws in
                #expect(try client.next() == .close(1001, "The server shuts down."))
                client.send(clientClose(1001))
                #expect(try client.raw.readToEnd().isEmpty)
            }
        }
        #expect(ended.withLock { $0 } == .some(nil))
    }

    @Test("A handler that waits for something else is cancelled where its client is lost")
    func cancelled() async throws {
        let (began, cancelled) = (Gate(), Gate())
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                for try await _ in socket.messages {
                    began.open()
                    do { try await untilCancelled() } catch { cancelled.open() }
                }
            }
        }
        try await withServer(.test(), handler) { address in
            let client = try await blocking { try WebSocketClient(address, behind: clientText("go")) }
            await began.wait()
            client.raw.close(resets: true)
            await cancelled.wait()
        }
    }

    @Test("A handler that never asks for messages is cancelled where its client closes")
    func senderCancelled() async throws {
        let (began, cancelled) = (Gate(), Gate())
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { _ in
                began.open()
                do { try await untilCancelled() } catch { cancelled.open() }
            }
        }
        try await withServer(.test(), handler) { address in
            let client = try await blocking { try WebSocketClient(address) }
            await began.wait()
            client.send(clientClose(1000))
            await cancelled.wait()
        }
    }

    @Test("A task that is cancelled while it waits for a message loses none of the next")
    func cancelledReader() async throws {
        let (handler, gate) = (Gate(), Gate())
        let waits = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                let reader = Task {
                    var messages = socket.messages.makeAsyncIterator()
                    return try await messages.next()
                }
                reader.cancel()
                #expect(try await reader.value == nil)
                handler.open()
                await gate.wait()
                for try await message in socket.messages { try await socket.send(message) }
            }
        }
        try await withServer(.test(), waits) { address in
            let client = try await blocking { try WebSocketClient(address) }
            await handler.wait()
            try await blocking { () throws in
                client.send(clientText("kept"))
                gate.open()
                #expect(try client.next() == .text("kept"))
            }
        }
    }
}
