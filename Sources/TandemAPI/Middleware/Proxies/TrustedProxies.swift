// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Believes what proxies of yours say of the client that they stand for.
///
/// ```swift
/// let handler = try routes.wrapped(in: [TrustedProxies(["10.0.0.0/8", "fd00::/8"]), RateLimit(100, per: .seconds(60))])
/// ```
///
/// What follows sees in `request.connection` the client's address, and whether the client's connection is secure; so
/// this belongs before all that looks at either. The client is the right-most address of the list that is not a
/// proxy's: what stands to the left of it anybody could have written. Where that is no address, such as `unknown`, the
/// client's address is `nil`.
///
/// Fields that are not believed are removed: all of them where the peer is no proxy, and always those of the kind that
/// is not used. The server's access log, which sees requests before this does, has the proxy's address.
public struct TrustedProxies: ImmediateMiddleware {
    /// Which fields proxies use.
    public enum Fields: Sendable {
        /// `x-forwarded-for`, `-proto` and `-host`.
        case xForwarded
        /// `forwarded` (RFC 7239).
        case forwarded
    }

    /// What is believed.
    public struct Settings: Sendable {
        /// The fields that the proxies write; the others, which a client could send, are not looked at: `x-forwarded-…`.
        public var fields = Fields.xForwarded
        /// Whether a request that came on a Unix socket came from a proxy: false.
        public var trustsUnixSockets = false
        /// Whether what proxies say of the host takes the place of `request.authority`: false, as many hand on what
        /// the client sent.
        public var trustsHost = false

        /// The defaults.
        public init() {}
    }

    private let networks: [IPNetwork]
    private let settings: Settings
    /// The fields that not even proxies are believed.
    private let unused: [String]

    private static let all = ["forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"]

    /// Middleware that believes the proxies of some networks.
    ///
    /// - Parameters:
    ///   - networks: Addresses, or networks such as `10.0.0.0/8`.
    ///   - settings: What is believed of them.
    /// - Throws: ``MalformedNetworkError`` where one is no network.
    public init(_ networks: [String], _ settings: Settings = Settings()) throws(MalformedNetworkError) {
        var parsed: [IPNetwork] = []
        for text in networks {
            guard let network = IPNetwork(text) else { throw MalformedNetworkError(text: text) }
            parsed.append(network)
        }
        self.networks = parsed
        self.settings = settings
        self.unused =
            switch settings.fields {
            case .forwarded: Array(Self.all.dropFirst())
            case .xForwarded: settings.trustsHost ? ["forwarded"] : ["forwarded", "x-forwarded-host"]
            }
    }

    /// Makes a request say what its client's proxies say.
    public func receive(_ request: Request) -> Reception {
        let connection = request.connection
        let peer = connection.remoteAddress.flatMap { IPAddress($0) }
        let isProxy = peer.map(self.isTrusted) ?? (connection.remoteAddress == nil && self.settings.trustsUnixSockets)
        let unbelieved = (isProxy ? self.unused : Self.all).filter(request.headers.contains)
        let claims = isProxy ? self.claims(of: request.headers) : ForwardedClaims()
        if claims.isEmpty, unbelieved.isEmpty { return .unchanged }
        var request = request
        for name in unbelieved { request.headers.remove(name) }
        guard !claims.isEmpty else { return .changed(request) }

        let hops = self.hops(claims.clients)
        request.connection = connection.standing(
            for: hops.count > 0 ? hops.client?.description : connection.remoteAddress,
            isSecure: claims.isSecure(before: hops.count) ?? connection.isSecure
        )
        if self.settings.trustsHost, let host = claims.host(before: hops.count) { request.setAuthority(host) }
        return .changed(request)
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        self.networks.contains { $0.contains(address) }
    }

    /// Goes from proxy to proxy, the nearest first, up to one that is none of ours: the client.
    private func hops(_ clients: [Substring]) -> (client: IPAddress?, count: Int) {
        var client: IPAddress?
        for (index, node) in clients.reversed().enumerated() {
            client = ForwardedClaims.address(of: node)
            guard let client, self.isTrusted(client) else { return (client, index + 1) }
        }
        return (client, clients.count)
    }

    private func claims(of headers: Headers) -> ForwardedClaims {
        switch self.settings.fields {
        case .xForwarded: ForwardedClaims(xForwarded: headers, withHost: self.settings.trustsHost)
        case .forwarded: ForwardedClaims(forwarded: headers, withHost: self.settings.trustsHost)
        }
    }
}

/// A text is no network of IP addresses.
public struct MalformedNetworkError: Error, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// What it is, and what a network looks like.
    public var description: String {
        "`\(self.text)` is no network; write an address such as 10.0.0.1, or one with a number of bits: 10.0.0.0/8."
    }
}
