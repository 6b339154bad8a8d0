// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension Redis {
    /// Adds members to a sorted set by their scores, or gives them new ones.
    ///
    /// - Returns: How many of them were not in it.
    @discardableResult
    public func sortedAdd(_ key: String, _ members: [String: Double]) async throws -> Int {
        if members.isEmpty { return 0 }
        let parts = members.flatMap { [RedisArgument($0.value), RedisArgument($0.key)] }
        return try await self.command(["ZADD", RedisArgument(key)] + parts).number(of: "ZADD")
    }

    /// Adds to the score of a member, which is 0 where it is not there.
    ///
    /// - Returns: The sum.
    @discardableResult
    public func sortedIncrement(_ key: String, _ member: String, by amount: Double = 1) async throws -> Double {
        try await self.command("ZINCRBY", RedisArgument(key), RedisArgument(amount), RedisArgument(member))
            .double(of: "ZINCRBY")
    }

    /// Members with their scores from one rank to another, both included, the lowest score first.
    ///
    /// - Parameters:
    ///   - key: The sorted set.
    ///   - first: A rank, from 0; negative ones count from the end.
    ///   - last: A rank.
    ///   - isReversed: Whether the highest score comes first.
    /// - Returns: The members; none where the set is not there.
    /// - Throws: `RedisError`, `CancellationError`.
    public func sorted(
        _ key: String,
        from first: Int = 0,
        through last: Int = -1,
        reversed isReversed: Bool = false
    ) async throws -> [(member: String, score: Double)] {
        let parts = [RedisArgument(key), RedisArgument(first), RedisArgument(last)] + (isReversed ? ["REV"] : [])
        return try Self.scored(try await self.command(["ZRANGE"] + parts + ["WITHSCORES"]), "ZRANGE")
    }

    /// Members with their scores, of those whose scores lie in a range, the lowest first.
    public func sorted(
        _ key: String,
        scores: ClosedRange<Double>
    ) async throws -> [(member: String, score: Double)] {
        let parts: [RedisArgument] = [RedisArgument(key), RedisArgument(scores.lowerBound)]
        return try Self.scored(
            try await self.command(["ZRANGE"] + parts + [RedisArgument(scores.upperBound), "BYSCORE", "WITHSCORES"]),
            "ZRANGE"
        )
    }

    private static func scored(_ value: RedisValue, _ command: String) throws -> [(member: String, score: Double)] {
        try value.pairs(of: command).map { ($0.0, try $0.1.double(of: command)) }
    }

    /// The score of a member; nil where it is not there.
    public func sortedScore(_ key: String, _ member: String) async throws -> Double? {
        try await self.command("ZSCORE", RedisArgument(key), RedisArgument(member)).double
    }

    /// Takes members out of a sorted set.
    ///
    /// - Returns: How many of them were in it.
    @discardableResult
    public func sortedRemove(_ key: String, _ members: String...) async throws -> Int {
        if members.isEmpty { return 0 }
        return try await self.command(["ZREM", RedisArgument(key)] + members).number(of: "ZREM")
    }

    /// How many members a sorted set has; 0 where it is not there.
    public func sortedCount(_ key: String) async throws -> Int {
        try await self.command("ZCARD", RedisArgument(key)).number(of: "ZCARD")
    }
}
#endif
