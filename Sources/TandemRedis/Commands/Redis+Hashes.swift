// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension Redis {
    /// A field of a hash; nil where it is not there.
    public func hashGet(_ key: String, _ field: String) async throws -> String? {
        try await self.command("HGET", RedisArgument(key), RedisArgument(field)).optionalText(of: "HGET")
    }

    /// All fields of a hash; none where it is not there.
    public func hashGetAll(_ key: String) async throws -> [String: String] {
        try await self.command("HGETALL", RedisArgument(key)).pairs(of: "HGETALL").reduce(into: [:]) { fields, pair in
            fields[pair.0] = try pair.1.text(of: "HGETALL")
        }
    }

    /// Sets fields of a hash.
    ///
    /// - Returns: How many of them were not there before.
    @discardableResult
    public func hashSet(_ key: String, _ fields: [String: RedisArgument]) async throws -> Int {
        if fields.isEmpty { return 0 }
        let parts = fields.flatMap { [RedisArgument($0.key), $0.value] }
        return try await self.command(["HSET", RedisArgument(key)] + parts).number(of: "HSET")
    }

    /// Deletes fields of a hash.
    ///
    /// - Returns: How many of them were there.
    @discardableResult
    public func hashDelete(_ key: String, _ fields: String...) async throws -> Int {
        if fields.isEmpty { return 0 }
        return try await self.command(["HDEL", RedisArgument(key)] + fields).number(of: "HDEL")
    }

    /// Adds to a field of a hash, which is 0 where it is not there.
    ///
    /// - Returns: The sum.
    @discardableResult
    public func hashIncrement(_ key: String, _ field: String, by amount: Int = 1) async throws -> Int {
        try await self.command("HINCRBY", RedisArgument(key), RedisArgument(field), RedisArgument(amount))
            .number(of: "HINCRBY")
    }
}
#endif
