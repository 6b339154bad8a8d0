// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension Redis {
    /// Whether the server answers.
    ///
    /// - Throws: `RedisError`.
    public func ping() async throws { try await self.command("PING") }

    /// Deletes keys.
    ///
    /// - Returns: How many of them were there.
    @discardableResult
    public func delete(_ keys: String...) async throws -> Int { try await self.delete(keys) }

    /// Deletes keys.
    ///
    /// - Returns: How many of them were there.
    @discardableResult
    public func delete(_ keys: [String]) async throws -> Int {
        if keys.isEmpty { return 0 }
        return try await self.command(["DEL"] + keys).number(of: "DEL")
    }

    /// Whether a key is there.
    public func exists(_ key: String) async throws -> Bool {
        try await self.command("EXISTS", RedisArgument(key)).number(of: "EXISTS") > 0
    }

    /// Has a key vanish after a time, in place of the time that it had.
    ///
    /// - Returns: Whether the key is there.
    @discardableResult
    public func expire(_ key: String, after duration: Duration) async throws -> Bool {
        try await self.command("PEXPIRE", RedisArgument(key), RedisArgument(milliseconds: duration))
            .number(of: "PEXPIRE") > 0
    }

    /// Has a key stay for good.
    ///
    /// - Returns: Whether it would have vanished.
    @discardableResult
    public func persist(_ key: String) async throws -> Bool {
        try await self.command("PERSIST", RedisArgument(key)).number(of: "PERSIST") > 0
    }

    /// How long a key will stay; nil where it stays for good, or is not there.
    public func timeToLive(_ key: String) async throws -> Duration? {
        let milliseconds = try await self.command("PTTL", RedisArgument(key)).number(of: "PTTL")
        return milliseconds < 0 ? nil : .milliseconds(milliseconds)
    }
}
#endif
