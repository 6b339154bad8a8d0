// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// A message that somebody published.
public struct RedisMessage: Hashable, Sendable {
    /// Where it was published.
    public let channel: String
    /// The pattern that it came by; nil where the channel itself is subscribed to.
    public let pattern: String?
    /// What was published.
    public let payload: [UInt8]
    /// Whether messages before it may be lost: the connection broke, or more waited than may wait.
    public internal(set) var followsGap = false

    /// What was published, as a text; what is no UTF-8 is repaired.
    public var text: String { String(decoding: self.payload, as: UTF8.self) }
}

/// Messages as they come, until the client is closed; whoever stops reading unsubscribes.
public struct RedisMessages: AsyncSequence, Sendable {
    let stream: AsyncStream<RedisMessage>

    /// Begins to read; one reader only.
    public func makeAsyncIterator() -> Iterator { Iterator(base: self.stream.makeAsyncIterator()) }

    /// Where the reading stands.
    public struct Iterator: AsyncIteratorProtocol {
        var base: AsyncStream<RedisMessage>.Iterator

        /// The next message, as soon as there is one; nil where there will be none.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async -> RedisMessage? {
            await self.base.next(isolation: actor)
        }
    }
}
#endif
