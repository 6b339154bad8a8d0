// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension Redis {
    /// Runs a script in Lua, with no other's command between its own.
    ///
    /// - Parameters:
    ///   - script: Its text.
    ///   - keys: The keys that it uses, `KEYS`.
    ///   - arguments: The rest, `ARGV`.
    /// - Returns: What it returns; tables in it may be seven deep.
    /// - Throws: `RedisError`, `CancellationError`.
    @discardableResult
    public func evaluate(
        _ script: String,
        keys: [String] = [],
        _ arguments: [RedisArgument] = []
    ) async throws -> RedisValue {
        try await self.command((["EVAL", RedisArgument(script), RedisArgument(keys.count)] + keys) + arguments)
    }
}
#endif
