// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// An entry of a stream.
public struct RedisStreamEntry: Hashable, Sendable {
    /// Its id, such as `1700000000000-0`.
    public let id: String
    /// Its fields, in order.
    public let fields: [Field]

    /// A field of an entry.
    public struct Field: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: RedisValue
    }

    /// The first field of a name, as a text; nil where there is none.
    public subscript(_ name: String) -> String? { self.fields.first { $0.name == name }?.value.text }

    init(_ value: RedisValue, of command: String) throws(RedisError) {
        let parts = try value.values(of: command)
        guard parts.count == 2 else { throw .unexpected("\(parts.count) values for an entry of \(command)") }
        self.id = try parts[0].text(of: command)
        self.fields = try parts[1].pairs(of: command).map { Field(name: $0.0, value: $0.1) }
    }
}

extension Redis {
    /// Adds an entry to a stream.
    ///
    /// - Parameters:
    ///   - key: The stream.
    ///   - fields: Names and values.
    ///   - limit: About how many entries it keeps, the newest; nil for all.
    /// - Returns: The entry's id.
    /// - Throws: `RedisError`, `CancellationError`.
    @discardableResult
    public func streamAdd(
        _ key: String,
        _ fields: KeyValuePairs<String, RedisArgument>,
        keeping limit: Int? = nil
    ) async throws -> String {
        let kept: [RedisArgument] = limit.map { ["MAXLEN", "~", RedisArgument($0)] } ?? []
        let parts = fields.flatMap { [RedisArgument($0.key), $0.value] }
        return try await self.command(["XADD", RedisArgument(key)] + kept + ["*"] + parts).text(of: "XADD")
    }

    /// Entries of a stream from one id to another, both included, the oldest first.
    ///
    /// - Parameters:
    ///   - key: The stream.
    ///   - first: An id, `-` for the first of all, `(` and an id for those after it.
    ///   - last: An id, `+` for the last of all.
    ///   - limit: At most how many; nil for all.
    /// - Returns: The entries; none where the stream is not there.
    /// - Throws: `RedisError`, `CancellationError`.
    public func stream(
        _ key: String,
        from first: String = "-",
        through last: String = "+",
        limit: Int? = nil
    ) async throws -> [RedisStreamEntry] {
        let parts: [RedisArgument] = ["XRANGE", RedisArgument(key), RedisArgument(first), RedisArgument(last)]
        let count: [RedisArgument] = limit.map { ["COUNT", RedisArgument($0)] } ?? []
        return try await self.command(parts + count).values(of: "XRANGE").map {
            try RedisStreamEntry($0, of: "XRANGE")
        }
    }

    /// How many entries a stream has; 0 where it is not there.
    public func streamCount(_ key: String) async throws -> Int {
        try await self.command("XLEN", RedisArgument(key)).number(of: "XLEN")
    }
}
#endif
