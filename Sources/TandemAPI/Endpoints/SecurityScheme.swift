// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// A way for a call to say who makes it: a Security Scheme Object of OpenAPI 3.1.
public struct SecurityScheme: Sendable, Hashable {
    /// Its name in the document.
    public var name: String
    /// What there is to say of it, as Markdown.
    public var description: String?
    /// What the document has of it beside the description.
    let keywords: JSONObject

    private init(_ name: String, _ keywords: JSONObject) {
        self.name = name
        self.keywords = keywords
    }

    /// A token in the field `authorization` (RFC 6750).
    ///
    /// - Parameters:
    ///   - format: What the token is, for people: `JWT`.
    ///   - name: A name in the document.
    /// - Returns: The scheme.
    public static func bearer(format: String? = nil, name: String = "bearer") -> SecurityScheme {
        var keywords: JSONObject = ["type": "http", "scheme": "bearer"]
        if let format { keywords["bearerFormat"] = .string(format) }
        return SecurityScheme(name, keywords)
    }

    /// A name and a password in the field `authorization` (RFC 7617).
    public static func basic(name: String = "basic") -> SecurityScheme {
        SecurityScheme(name, ["type": "http", "scheme": "basic"])
    }

    /// Where the key of a client stands.
    public enum KeyPlace: String, Sendable {
        /// In the query.
        case query
        /// In a header field.
        case header
        /// In a cookie, as those of sessions do.
        case cookie
    }

    /// A key of the client's, or the name of its session.
    ///
    /// - Parameters:
    ///   - place: Where it stands.
    ///   - key: What it is called there.
    ///   - name: A name in the document; `nil` for that of the key.
    /// - Returns: The scheme.
    public static func apiKey(in place: KeyPlace, _ key: String, name: String? = nil) -> SecurityScheme {
        SecurityScheme(name ?? key, ["type": "apiKey", "in": .string(place.rawValue), "name": .string(key)])
    }

    /// How a client comes by a token of OAuth 2.
    public enum OAuthFlow: Sendable, Hashable {
        /// By a person's consent, and a code for it.
        case authorizationCode(authorizationURL: String, tokenURL: String, refreshURL: String? = nil)
        /// By a secret of the client's own.
        case clientCredentials(tokenURL: String, refreshURL: String? = nil)
        /// By a person's password.
        case password(tokenURL: String, refreshURL: String? = nil)
        /// By a person's consent, without a code.
        case implicit(authorizationURL: String, refreshURL: String? = nil)
    }

    /// A token of OAuth 2.
    ///
    /// - Parameters:
    ///   - flows: The ways to a token, each once.
    ///   - scopes: What a token can be good for, and what that means.
    ///   - name: A name in the document.
    /// - Returns: The scheme.
    public static func oauth2(
        _ flows: OAuthFlow...,
        scopes: [String: String] = [:],
        name: String = "oauth2"
    ) -> SecurityScheme {
        let scopes = scopes.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value) }
        let objects = flows.reduce(into: JSONObject()) { $0[$1.name] = .object($1.urls + ["scopes": .object(scopes)]) }
        return SecurityScheme(name, ["type": "oauth2", "flows": .object(objects)])
    }

    /// What a provider of OpenID Connect says, whose configuration is at a URL.
    public static func openIDConnect(url: String, name: String = "openIDConnect") -> SecurityScheme {
        SecurityScheme(name, ["type": "openIdConnect", "openIdConnectUrl": .string(url)])
    }

    /// A certificate of the client's.
    public static func mutualTLS(name: String = "mutualTLS") -> SecurityScheme {
        SecurityScheme(name, ["type": "mutualTLS"])
    }
}

extension SecurityScheme.OAuthFlow {
    fileprivate var name: String {
        switch self {
        case .authorizationCode: "authorizationCode"
        case .clientCredentials: "clientCredentials"
        case .password: "password"
        case .implicit: "implicit"
        }
    }

    fileprivate var urls: JSONObject {
        let (authorization, token, refresh): (String?, String?, String?) =
            switch self {
            case .authorizationCode(let authorization, let token, let refresh): (authorization, token, refresh)
            case .clientCredentials(let token, let refresh), .password(let token, let refresh): (nil, token, refresh)
            case .implicit(let authorization, let refresh): (authorization, nil, refresh)
            }
        var urls = JSONObject()
        if let authorization { urls["authorizationUrl"] = .string(authorization) }
        if let token { urls["tokenUrl"] = .string(token) }
        if let refresh { urls["refreshUrl"] = .string(refresh) }
        return urls
    }
}
