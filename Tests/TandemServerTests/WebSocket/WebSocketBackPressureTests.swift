// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP
import TandemServer
import Testing

/// Clients that do not read, and handlers that do not: what waits for them is bounded.
@Suite("Back-pressure of WebSockets", .timeLimit(.minutes(1)))
struct WebSocketBackPressureTests {
    fileprivate static let count = 2_000
    fileprivate static let padding = String(repeating: "x", count: 10_000)

    /// Sends messages numbered from 0, and says how many were sent and what that ended with.
    private final class Sender: Handler {
        let settings: WebSocketSettings
        let isDone = Gate()
        let sent = Mutex<(count: Int, error: WebSocketError?)>((0, nil))

        init(_ policy: WebSocketSettings.SlowReader) {
            var settings = WebSocketSettings()
            settings.slowReader = policy
            settings.sendQueueBytes = 100_000
            self.settings = settings
        }

        func respond(to request: Request) async throws -> Response {
            try Response.webSocket(request, self.settings) { socket in
                for index in 0..<WebSocketBackPressureTests.count {
                    do throws(WebSocketError) {
                        try await socket.send("\(index) \(WebSocketBackPressureTests.padding)")
                        self.sent.withLock { $0.count += 1 }
                    } catch {
                        self.sent.withLock { $0.error = error }
                        break
                    }
                }
                self.isDone.open()
                for try await message in socket.messages { try await socket.send(message) }
            }
        }
    }

    /// The numbers of the messages that a client gets up to `last`.
    private static func numbers(_ client: WebSocketClient, upTo last: Int) throws -> [Int] {
        var numbers: [Int] = []
        while let frame = try client.next(), frame.opcode == 1 {
            let text = String(decoding: frame.payload, as: UTF8.self)
            guard let number = text.split(separator: " ").first.flatMap({ Int($0) }) else { break }
            numbers.append(number)
            if number == last { break }
        }
        return numbers
    }

    @Test("By default the sender waits, and nothing is lost")
    func wait() async throws {
        let sender = Sender(.wait)
        try await withServer(.test(), sender) { address in
            let client = try await blocking { try WebSocketClient(address, receiveBuffer: 4096) }
            // It stops somewhere, since the queue and the kernel's buffers are full.
            var (last, sightings) = (0, 0)
            let stopped = try await eventually {
                let count = sender.sent.withLock { $0.count }
                sightings = count == last && count > 0 ? sightings + 1 : 0
                last = count
                return sightings == 20
            }
            #expect(stopped)
            #expect(sender.sent.withLock { $0.count } < Self.count)
            try await blocking { () throws in
                #expect(try Self.numbers(client, upTo: Self.count - 1) == Array(0..<Self.count))
            }
        }
    }

    @Test("Messages are dropped where that is the policy; those that arrive are whole and in order")
    func drop() async throws {
        let sender = Sender(.drop)
        try await withServer(.test(), sender) { address in
            let client = try await blocking { try WebSocketClient(address, receiveBuffer: 4096) }
            await sender.isDone.wait()
            #expect(sender.sent.withLock { $0.count } == Self.count)
            try await blocking { () throws in
                var numbers: [Int] = []
                while client.raw.isReadable(within: 300) {
                    let text = String(decoding: try client.next()?.payload ?? [], as: UTF8.self)
                    numbers.append(text.split(separator: " ").first.flatMap { Int($0) } ?? -1)
                }
                #expect(numbers.count < Self.count)
                #expect(numbers == Array(0..<numbers.count))
                client.send(clientText("the end"))
                #expect(try client.next() == .text("the end"))
            }
        }
    }

    @Test("The connection is closed with 1013 where that is the policy")
    func close() async throws {
        let sender = Sender(.close)
        try await withServer(.test(), sender) { address in
            let client = try await blocking { try WebSocketClient(address, receiveBuffer: 4096) }
            await sender.isDone.wait()
            #expect(sender.sent.withLock { $0.error?.code } == .tryAgainLater)
            try await blocking { () throws in
                var last: WebSocketClient.Frame?
                while let frame = try client.next() {
                    last = frame
                    if frame.opcode == 8 { break }
                }
                #expect(last == .close(1013, "Messages are not read as fast as they come."))
            }
        }
    }

    @Test("The latest message arrives where others are conflated")
    func conflate() async throws {
        let sender = Sender(.conflate)
        try await withServer(.test(), sender) { address in
            let client = try await blocking { try WebSocketClient(address, receiveBuffer: 4096) }
            await sender.isDone.wait()
            #expect(sender.sent.withLock { $0.count } == Self.count)
            try await blocking { () throws in
                let numbers = try Self.numbers(client, upTo: Self.count - 1)
                #expect(numbers.count < Self.count)
                #expect(numbers.last == Self.count - 1)
                #expect(numbers == numbers.sorted())
            }
        }
    }

    @Test("A frame for many sockets waits for nobody: a slow reader of one is closed")
    func post() async throws {
        let error = Mutex<WebSocketError?>(nil)
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                let frame = WebSocketFrame(.text(Self.padding))
                for _ in 0..<Self.count { socket.post(frame) }
                do throws(WebSocketError) {
                    for try await _ in socket.messages {}
                } catch let thrown {
                    error.withLock { $0 = thrown }
                }
            }
        }
        try await withServer(.test(), handler) { address in
            let client = try await blocking { try WebSocketClient(address, receiveBuffer: 4096) }
            #expect(try await eventually { error.withLock { $0 != nil } })
            #expect(error.withLock { $0?.code } == .tryAgainLater)
            client.raw.close()
        }
    }

    @Test("A handler that does not read stops the client, and goes on where it left off")
    func slowHandler() async throws {
        let gate = Gate()
        let handler = ClosureHandler { request in
            try Response.webSocket(request) { socket in
                await gate.wait()
                for try await message in socket.messages { try await socket.send(message) }
            }
        }
        try await withServer(.test(), handler) { address in
            try await blocking { () throws in
                let client = try WebSocketClient(address)
                let message = clientFrame(2, [UInt8](repeating: 7, count: 50_000))
                let sent = client.raw.sendUntilStuck(message, upTo: 100_000_000, patience: 300)
                #expect(sent < 100_000_000)
                gate.open()
                // The echoes of those that were sent whole.
                for _ in 0..<(sent / message.count) {
                    #expect(try client.next()?.payload.count == 50_000)
                }
            }
        }
    }
}
