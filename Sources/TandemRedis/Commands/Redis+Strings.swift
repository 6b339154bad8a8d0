// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// When a value is set.
public enum RedisSetCondition: String, Sendable {
    /// Where the key is not there yet.
    case ifAbsent = "NX"
    /// Where the key is there already.
    case ifPresent = "XX"
}

extension Redis {
    /// A value as a text; nil where the key is not there.
    public func get(_ key: String) async throws -> String? {
        try await self.command("GET", RedisArgument(key)).optionalText(of: "GET")
    }

    /// A value as bytes; nil where the key is not there.
    public func bytes(_ key: String) async throws -> [UInt8]? {
        try await self.command("GET", RedisArgument(key)).bytes
    }

    /// The values of several keys, in their order; nil for each that is not there.
    public func get(_ keys: [String]) async throws -> [String?] {
        if keys.isEmpty { return [] }
        return try await self.command(["MGET"] + keys).values(of: "MGET").map { try $0.optionalText(of: "MGET") }
    }

    /// Sets a value.
    ///
    /// - Parameters:
    ///   - key: Its key.
    ///   - value: A text, a number or bytes.
    ///   - expiry: After how long the key vanishes, in milliseconds at the finest; nil for never.
    ///   - condition: When it is set; always by itself.
    /// - Returns: Whether it was set.
    /// - Throws: `RedisError`, `CancellationError`.
    @discardableResult
    public func set(
        _ key: String,
        to value: RedisArgument,
        expiring expiry: Duration? = nil,
        _ condition: RedisSetCondition? = nil
    ) async throws -> Bool {
        var parts: [RedisArgument] = ["SET", RedisArgument(key), value]
        if let expiry { parts += ["PX", RedisArgument(milliseconds: expiry)] }
        if let condition { parts.append(RedisArgument(condition.rawValue)) }
        return try await !self.command(parts).isNull
    }

    /// Sets a text.
    ///
    /// - Returns: Whether it was set.
    @discardableResult
    public func set(
        _ key: String,
        to value: String,
        expiring expiry: Duration? = nil,
        _ condition: RedisSetCondition? = nil
    ) async throws -> Bool {
        try await self.set(key, to: RedisArgument(value), expiring: expiry, condition)
    }

    /// Adds to a number, which is 0 where the key is not there.
    ///
    /// - Returns: The sum.
    @discardableResult
    public func increment(_ key: String, by amount: Int = 1) async throws -> Int {
        try await self.command("INCRBY", RedisArgument(key), RedisArgument(amount)).number(of: "INCRBY")
    }
}
#endif
