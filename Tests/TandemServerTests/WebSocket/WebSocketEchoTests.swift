// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

@Suite("WebSockets", .timeLimit(.minutes(1)))
struct WebSocketEchoTests {
    @Test("Messages are echoed, whatever their size and however they are split")
    func sizes() async throws {
        try await withServer(.test(), EchoHandler()) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                for count in [0, 1, 125, 126, 5_000, 65_536, 300_000] {
                    let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
                    client.send(clientFrame(2, payload))
                    #expect(try client.next() == .init(opcode: 2, payload: payload))
                }
                client.raw.trickle(clientText("byte by byte"))
                #expect(try client.next() == .text("byte by byte"))
                client.send(clientFrame(1, "frag".utf8, isFinal: false), clientFrame(9, "p".utf8))
                client.send(clientFrame(0, "ment".utf8))
                #expect(try client.next() == .init(opcode: 10, payload: Array("p".utf8)))
                #expect(try client.next() == .text("fragment"))
            }
        }
    }

    @Test("A handler that takes time to answer the request gets a WebSocket too")
    func suspending() async throws {
        let handler = ClosureHandler { request in
            await Task.yield()
            return try Response.webSocket(request) { socket in
                for try await message in socket.messages { try await socket.send(message) }
            }
        }
        try await withServer(.test(), handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                client.send(clientText("Hello"))
                #expect(try client.next() == .text("Hello"))
            }
        }
    }

    @Test("What comes behind the request in the same read is the first message")
    func behind() async throws {
        try await withServer(.test(), EchoHandler()) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address, behind: clientText("early") + clientText("bird").prefix(3))
                #expect(try client.next() == .text("early"))
                client.send(Array(clientText("bird").dropFirst(3)))
                #expect(try client.next() == .text("bird"))
            }
        }
    }

    @Test("Many messages in one read are answered in order")
    func many() async throws {
        try await withServer(.test(), EchoHandler()) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                client.raw.send((0..<5_000).flatMap { clientText("message \($0)") })
                for index in 0..<5_000 { #expect(try client.next() == .text("message \(index)")) }
            }
        }
    }

    @Test("A request that asks for no WebSocket is told which there is, and one of another origin is refused")
    func refused() async throws {
        try await withServer(.test(), EchoHandler()) { address in
            try await blocking { () throws in
                let client = try RawClient(address)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                let response = try #require(try client.readResponse())
                #expect(response.status == 426)
                #expect(response["sec-websocket-version"] == "13")
                #expect(response["upgrade"] == "websocket")
                let request = WebSocketClient.request()
                client.send(request.replacing("Host: h", with: "Host: h\r\nOrigin: https://evil.example"))
                #expect(try client.readResponse()?.status == 403)
            }
        }
    }

    @Test("Messages can be sent from any thread, and by several tasks")
    func post() async throws {
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                await withTaskGroup(of: Void.self) { tasks in
                    for index in 0..<100 {
                        tasks.addTask { @concurrent in
                            try? await socket.send("sent \(index)")
                            socket.post(WebSocketFrame(.text("posted \(index)")))
                        }
                    }
                }
                WebSocket.post(WebSocketFrame(.text("to all")), to: [socket, socket])
                for try await _ in socket.messages {}
            }
        }
        try await withServer(.test(), handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                var texts: Set<String> = []
                for _ in 0..<202 { texts.insert(String(decoding: try client.next()?.payload ?? [], as: UTF8.self)) }
                let expected = (0..<100).flatMap { ["sent \($0)", "posted \($0)"] } + ["to all"]
                #expect(texts == Set(expected))
            }
        }
    }
}
