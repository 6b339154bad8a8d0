// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore

/// What is subscribed to, for callers of any thread.
final class Subscriptions: Sendable {
    private let loop: any EventLoop
    private let settings: RedisSettings
    private let line: NIOLoopBoundBox<SubscriptionLine>

    init(_ address: RedisAddress, _ settings: RedisSettings, on loop: any EventLoop) {
        self.loop = loop
        self.settings = settings
        self.line = .makeBoxSendingValue(
            SubscriptionLine(RedisLink(address, settings, on: loop), settings),
            eventLoop: loop
        )
    }

    /// The messages of some topics from the return of this on.
    func messages(of topics: [RedisTopic]) async throws -> RedisMessages {
        guard !topics.isEmpty else { throw RedisError.invalid("A subscription needs a channel.") }
        let (stream, continuation) = AsyncStream.makeStream(
            of: RedisMessage.self,
            bufferingPolicy: .bufferingOldest(self.settings.waitingMessages)
        )
        let id = SubscriptionID()
        continuation.onTermination = { [loop, line] _ in loop.execute { line.value.remove(id) } }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                self.loop.execute { [line] in
                    line.value.add(id, topics, continuation) { waiter.resume(returning: $0) }
                }
            }
        } onCancel: {
            continuation.finish()
        }
        try result.get()
        return RedisMessages(stream: stream)
    }

    /// Whether its connection is there.
    var isConnected: Bool {
        get async throws { try await self.loop.submit { [line] in line.value.isConnected }.get() }
    }

    func close() { self.loop.execute { [line] in line.value.close() } }
}

/// A channel, or a pattern of channels' names.
struct RedisTopic: Hashable, Sendable {
    let name: String
    let isPattern: Bool
}

/// A subscription, by its identity.
final class SubscriptionID: Sendable {}
#endif
