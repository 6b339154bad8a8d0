// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension Redis {
    /// Sends a message to all who are subscribed to a channel.
    ///
    /// - Returns: How many connections got it.
    @discardableResult
    public func publish(_ message: RedisArgument, to channel: String) async throws -> Int {
        try await self.command("PUBLISH", RedisArgument(channel), message).number(of: "PUBLISH")
    }

    /// Sends a text to all who are subscribed to a channel.
    ///
    /// - Returns: How many connections got it.
    @discardableResult
    public func publish(_ message: String, to channel: String) async throws -> Int {
        try await self.publish(RedisArgument(message), to: channel)
    }

    /// What is published on channels from the return of this on; after a loss of the connection it is subscribed again.
    ///
    /// ```swift
    /// for await message in try await redis.subscribe(to: "news") { print(message.text) }
    /// ```
    /// - Throws: `RedisError` where the server cannot be reached in time, or refuses.
    public func subscribe(to channels: String...) async throws -> RedisMessages {
        try await self.core.subscriptions.messages(of: channels.map { RedisTopic(name: $0, isPattern: false) })
    }

    /// The same for all channels whose names match one of several patterns, such as `news.*`.
    ///
    /// - Throws: `RedisError` where the server cannot be reached in time, or refuses.
    public func subscribe(toPatterns patterns: String...) async throws -> RedisMessages {
        try await self.core.subscriptions.messages(of: patterns.map { RedisTopic(name: $0, isPattern: true) })
    }

    /// Channels and patterns as one sequence, in the order in which Redis sends.
    package func subscribe(channels: [String], patterns: [String]) async throws -> RedisMessages {
        try await self.core.subscriptions.messages(
            of: channels.map { RedisTopic(name: $0, isPattern: false) }
                + patterns.map { RedisTopic(name: $0, isPattern: true) }
        )
    }
}
#endif
