// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Lets each client make so many requests in so much time.
///
/// ```swift
/// RateLimit(100, per: .seconds(60))
/// RateLimit(5, per: .seconds(60), name: "sign-in") { request in request.headers["x-account"] }
/// ```
///
/// Whoever asks more is answered with 429, `retry-after`, and the code `too-many-requests`. Every answer says in
/// `ratelimit` and `ratelimit-policy` what is left (IETF draft, RateLimit header fields). A client that was quiet may
/// ask all at once; what it has used comes back evenly over the time.
///
/// Clients are told apart by their address, those of IPv6 by its first 64 bits, which is what one customer has. Behind
/// a proxy all have the proxy's, unless ``TrustedProxies`` comes first; those without any, as on Unix sockets, share
/// one allowance.
public struct RateLimit: Middleware {
    /// The limit.
    public let policy: RateLimitPolicy
    private let store: any RateLimitStore
    private let memory: MemoryRateLimitStore?
    private let admitsWhenStoreFails: Bool
    private let key: @Sendable (Request) -> String?
    /// What every answer says of the limit.
    private let policyValue: String

    /// Middleware that limits requests.
    ///
    /// - Parameters:
    ///   - limit: The requests; at least 1.
    ///   - window: In so much time.
    ///   - name: What the policy is called in the answers' fields, and in the store where several share one.
    ///   - store: Where requests are counted: in this process.
    ///   - admitsWhenStoreFails: Whether requests pass while the store throws: false, and its error is answered.
    ///   - key: Who asks; all with one key share an allowance, and `nil` is not limited. One of more than 128 bytes
    ///     counts as its digest.
    public init(
        _ limit: Int,
        per window: Duration,
        name: String = "default",
        store: any RateLimitStore = MemoryRateLimitStore(),
        admitsWhenStoreFails: Bool = false,
        key: @escaping @Sendable (Request) -> String? = { RateLimit.clientAddress(of: $0) }
    ) {
        let policy = RateLimitPolicy(name: name, limit: limit, window: window)
        self.policy = policy
        self.policyValue = "\(policy.item);q=\(policy.limit);w=\(policy.window.roundedUpSeconds)"
        self.store = store
        self.memory = store as? MemoryRateLimitStore
        self.admitsWhenStoreFails = admitsWhenStoreFails
        self.key = key
    }

    /// Counts the request, and lets it pass or refuses it.
    public func respond(to request: Request, next: Next) async throws -> Response {
        guard let key = self.storeKey(for: request), let decision = try await self.decision(for: key) else {
            return try await next(request)
        }
        try self.admit(decision)
        do {
            return self.decorated(try await next(request), decision)
        } catch {
            throw self.decorated(error, decision)
        }
    }

    /// The same, where requests are counted in this process and what follows answers at once.
    public func respondImmediately(to request: Request, next: Next) throws -> Response? {
        guard let memory else { return nil }
        guard let key = self.storeKey(for: request) else { return try next.immediately(request) }
        let decision = memory.take(from: key, under: self.policy)
        try self.admit(decision)
        do {
            guard let response = try next.immediately(request) else {
                // It will be counted again.
                memory.giveBack(to: key, under: self.policy)
                return nil
            }
            return self.decorated(response, decision)
        } catch {
            throw self.decorated(error, decision)
        }
    }

    /// What the store says; `nil` where it fails and that is no matter.
    private func decision(for key: String) async throws -> RateLimitDecision? {
        if let memory { return memory.take(from: key, under: self.policy) }
        do {
            return try await self.store.take(from: key, under: self.policy)
        } catch {
            guard self.admitsWhenStoreFails else { throw error }
            return nil
        }
    }

    private func storeKey(for request: Request) -> String? {
        guard let key = self.key(request) else { return nil }
        return "\(self.policy.name):\(key.utf8.count <= 128 ? key : Bytes(key).digest)"
    }

    /// The client's address as a key; of IPv6 the first 64 bits, and one empty key for those that have none.
    public static func clientAddress(of request: Request) -> String {
        guard let text = request.connection.remoteAddress else { return "" }
        guard text.utf8.contains(UInt8(ascii: ":")), let address = IPAddress(text) else { return text }
        return address.isVersion4 ? address.description : address.prefix(64).description
    }
}

extension RateLimit {
    private func admit(_ decision: RateLimitDecision) throws {
        guard !decision.isAdmitted else { return }
        let seconds = decision.wait.roundedUpSeconds
        var headers: Headers = ["retry-after": String(seconds)]
        self.addFields(decision, to: &headers)
        throw HTTPError(
            .tooManyRequests,
            "More than \(self.policy.limit) requests in \(self.policy.window). Try again in \(seconds) seconds.",
            headers: headers
        )
    }

    private func decorated(_ response: Response, _ decision: RateLimitDecision) -> Response {
        var response = response
        self.addFields(decision, to: &response.headers)
        return response
    }

    private func decorated(_ error: any Error, _ decision: RateLimitDecision) -> HTTPError {
        var error = HTTPError(answering: error)
        self.addFields(decision, to: &error.headers)
        return error
    }

    /// Adds the two fields; other limits of the same request may have added theirs.
    private func addFields(_ decision: RateLimitDecision, to headers: inout Headers) {
        headers.add("ratelimit-policy", self.policyValue)
        headers.add("ratelimit", "\(self.policy.item);r=\(decision.remaining);t=\(decision.wait.roundedUpSeconds)")
    }
}

extension Duration {
    /// Whole seconds that are not less.
    fileprivate var roundedUpSeconds: Int64 {
        let (seconds, rest) = self.components
        return rest > 0 && seconds < .max ? seconds + 1 : seconds
    }
}
