// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore
import NIOPosix
import Synchronization

/// A server that says what a test has it say.
final class FakeServer: Sendable {
    private let channel: any Channel
    let received: Received

    /// What came, and how often something did.
    final class Received: Sendable {
        let text = Mutex((text: "", reads: 0))
    }

    var url: String { "redis://127.0.0.1:\(self.channel.localAddress?.port ?? 0)" }

    /// Listens; `answer` says what to send for what came in one read, or nil to close the connection.
    init(_ answer: @escaping @Sendable (String) -> String?) async throws {
        let received = Received()
        self.received = received
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(received: received, answer: answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    func stop() async throws { try await self.channel.close() }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        let received: Received
        let answer: @Sendable (String) -> String?

        init(received: Received, answer: @escaping @Sendable (String) -> String?) {
            self.received = received
            self.answer = answer
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: self.unwrapInboundIn(data))
            self.received.text.withLock { $0 = ($0.text + text, $0.reads + 1) }
            if let answer = self.answer(text) {
                context.writeAndFlush(NIOAny(ByteBuffer(string: answer)), promise: nil)
            } else {
                context.close(promise: nil)
            }
        }
    }

    /// What answers the greeting, and something else to all else.
    static func afterGreeting(_ answer: @escaping @Sendable (String) -> String?) -> @Sendable (String) -> String? {
        { text in text.contains("SETNAME") ? "+OK\r\n+PONG\r\n" : answer(text) }
    }
}
#endif
