// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a call must have to be let in: a Security Requirement Object of OpenAPI 3.1.
public struct SecurityRequirement: Sendable, Hashable {
    /// The schemes that are needed together, each with what a token must be good for; without any, all are let in.
    public var scopes: [SecurityScheme: [String]]

    /// A requirement of schemes with their scopes.
    public init(_ scopes: [SecurityScheme: [String]] = [:]) {
        self.scopes = scopes
    }

    /// What both want.
    fileprivate func and(_ other: SecurityRequirement) -> SecurityRequirement {
        let merged = self.scopes.merging(other.scopes) { mine, others in
            mine + others.filter { !mine.contains($0) }
        }
        return SecurityRequirement(merged)
    }
}

extension Operation {
    /// Says that a call needs a scheme, beside what it needs already.
    public mutating func require(_ scheme: SecurityScheme, scopes: [String] = []) {
        self.require(anyOf: [SecurityRequirement([scheme: scopes])])
    }

    /// Says that a call needs one of several things, beside what it needs already; an empty one lets all in.
    public mutating func require(anyOf alternatives: [SecurityRequirement]) {
        guard !self.security.isEmpty else { return self.security = alternatives }
        self.security = self.security.flatMap { needed in alternatives.map { needed.and($0) } }
    }
}
