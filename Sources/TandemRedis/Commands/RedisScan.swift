// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// The keys that match a pattern, asked for part by part.
public struct RedisScan: AsyncSequence, Sendable {
    let redis: Redis
    let pattern: String
    let count: Int

    /// Begins at the beginning.
    public func makeAsyncIterator() -> Iterator { Iterator(scan: self) }

    /// Where the scan stands.
    public struct Iterator: AsyncIteratorProtocol {
        let scan: RedisScan
        private var found: [String] = []
        private var cursor: String? = "0"

        init(scan: RedisScan) {
            self.scan = scan
        }

        /// The next key, of those at hand or of the next part.
        ///
        /// - Throws: `RedisError`, `CancellationError`.
        public mutating func next() async throws -> String? {
            while self.found.isEmpty, let cursor = self.cursor {
                let answer = try await self.scan.redis.command(
                    "SCAN",
                    RedisArgument(cursor),
                    "MATCH",
                    RedisArgument(self.scan.pattern),
                    "COUNT",
                    RedisArgument(self.scan.count)
                ).values(of: "SCAN")
                guard answer.count == 2 else { throw RedisError.unexpected("\(answer.count) values for SCAN") }
                let next = try answer[0].text(of: "SCAN")
                self.cursor = next == "0" ? nil : next
                self.found = try answer[1].texts(of: "SCAN").reversed()
            }
            return self.found.popLast()
        }
    }
}

extension Redis {
    /// The keys that match a pattern such as `session:*`, asked for part by part, so that others are served between; one
    /// may come twice where keys change meanwhile.
    ///
    /// - Parameters:
    ///   - pattern: What they match; all by itself.
    ///   - count: How many Redis looks at for a part; 100 by itself.
    /// - Returns: The keys, as they are found.
    public func scan(_ pattern: String = "*", count: Int = 100) -> RedisScan {
        RedisScan(redis: self, pattern: pattern, count: count)
    }
}
#endif
