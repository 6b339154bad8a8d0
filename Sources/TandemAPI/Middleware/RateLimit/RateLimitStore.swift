// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Where requests are counted: in this process, or where several processes can see it.
public protocol RateLimitStore: Sendable {
    /// Takes one request from a key's allowance, where there is one left.
    ///
    /// Policies of different names have different keys.
    ///
    /// - Throws: Where it cannot be counted; the request is then refused or admitted as the ``RateLimit`` says.
    func take(from key: String, under policy: RateLimitPolicy) async throws -> RateLimitDecision
}

/// So many requests in so much time.
public struct RateLimitPolicy: Sendable, Hashable {
    /// What it is called.
    public let name: String
    /// The requests; at least 1, and at most a thousand million.
    public let limit: Int
    /// In so much time; from a millisecond to a year.
    public let window: Duration
    /// The name as a string of a structured field (RFC 9651, section 3.3.3).
    let item: String

    /// A policy; what lies outside the bounds becomes their end.
    public init(name: String = "default", limit: Int, window: Duration) {
        self.name = name
        self.limit = min(max(limit, 1), 1_000_000_000)
        self.window = min(max(window, .milliseconds(1)), .seconds(366 * 86_400))
        self.item = Self.item(of: name)
    }

    private static func item(of name: String) -> String {
        var item = "\""
        for scalar in name.unicodeScalars where (0x20..<0x7F).contains(scalar.value) {
            if scalar == "\"" || scalar == "\\" { item.append("\\") }
            item.unicodeScalars.append(scalar)
        }
        return item + "\""
    }
}

/// What a store says of one request.
public struct RateLimitDecision: Sendable, Hashable {
    /// Whether the request may pass.
    public var isAdmitted: Bool
    /// How many more may pass at once.
    public var remaining: Int
    /// How long it takes until one more may pass where none is left, and until all may pass where some are.
    public var wait: Duration

    /// A decision from its parts.
    public init(isAdmitted: Bool, remaining: Int, wait: Duration) {
        self.isAdmitted = isAdmitted
        self.remaining = remaining
        self.wait = wait
    }
}
