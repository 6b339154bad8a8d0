// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// An end of a list.
public enum RedisListEnd: String, Sendable {
    /// Where index 0 is.
    case left = "L"
    /// Where index -1 is.
    case right = "R"
}

extension Redis {
    /// Puts values at an end of a list, one after the other.
    ///
    /// - Returns: How long the list is then.
    @discardableResult
    public func push(_ values: RedisArgument..., to key: String, at end: RedisListEnd = .right) async throws -> Int {
        let name = "\(end.rawValue)PUSH"
        return try await self.command([RedisArgument(name), RedisArgument(key)] + values).number(of: name)
    }

    /// Takes a value from an end of a list; nil where there is none.
    ///
    /// It does not wait for one.
    public func pop(_ key: String, at end: RedisListEnd = .left) async throws -> String? {
        let name = "\(end.rawValue)POP"
        return try await self.command(RedisArgument(name), RedisArgument(key)).optionalText(of: name)
    }

    /// The values of a list from one index to another, both included; negative ones count from the end.
    public func list(_ key: String, from first: Int = 0, through last: Int = -1) async throws -> [String] {
        try await self.command("LRANGE", RedisArgument(key), RedisArgument(first), RedisArgument(last))
            .texts(of: "LRANGE")
    }

    /// Keeps the values of a list from one index to another, both included, and drops the others.
    public func trim(_ key: String, from first: Int, through last: Int) async throws {
        try await self.command("LTRIM", RedisArgument(key), RedisArgument(first), RedisArgument(last))
    }

    /// How long a list is; 0 where it is not there.
    public func listCount(_ key: String) async throws -> Int {
        try await self.command("LLEN", RedisArgument(key)).number(of: "LLEN")
    }
}
#endif
