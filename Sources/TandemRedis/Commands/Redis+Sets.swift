// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension Redis {
    /// Adds members to a set.
    ///
    /// - Returns: How many of them were not in it.
    @discardableResult
    public func setAdd(_ key: String, _ members: String...) async throws -> Int {
        if members.isEmpty { return 0 }
        return try await self.command(["SADD", RedisArgument(key)] + members).number(of: "SADD")
    }

    /// Takes members out of a set.
    ///
    /// - Returns: How many of them were in it.
    @discardableResult
    public func setRemove(_ key: String, _ members: String...) async throws -> Int {
        if members.isEmpty { return 0 }
        return try await self.command(["SREM", RedisArgument(key)] + members).number(of: "SREM")
    }

    /// All members of a set; none where it is not there.
    public func setMembers(_ key: String) async throws -> Set<String> {
        Set(try await self.command("SMEMBERS", RedisArgument(key)).texts(of: "SMEMBERS"))
    }

    /// Whether a set has a member.
    public func setContains(_ key: String, _ member: String) async throws -> Bool {
        try await self.command("SISMEMBER", RedisArgument(key), RedisArgument(member)).number(of: "SISMEMBER") > 0
    }

    /// How many members a set has; 0 where it is not there.
    public func setCount(_ key: String) async throws -> Int {
        try await self.command("SCARD", RedisArgument(key)).number(of: "SCARD")
    }
}
#endif
