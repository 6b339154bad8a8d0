// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// A header field as a parameter: `userAgent: Header<String>` is the field `user-agent`.
public struct Header<Value: ParameterValue>: Sendable {
    /// What the field holds.
    public var value: Value

    /// A field that holds a value.
    public init(_ value: Value) {
        self.value = value
    }
}

/// A cookie as a parameter: `session: Cookie<String>` is the cookie `session`.
public struct Cookie<Value: ParameterValue>: Sendable {
    /// What the cookie holds.
    public var value: Value

    /// A cookie that holds a value.
    public init(_ value: Value) {
        self.value = value
    }
}

/// Reads a header field.
public struct HeaderParameter<Wrapped: ParameterValue>: EndpointParameter {
    private let name: String
    private let fallback: Header<Wrapped>?

    /// The field that a parameter's name stands for: `userAgent` for `user-agent`.
    public init(_ name: String, default fallback: Header<Wrapped>? = nil) {
        self.name = Self.fieldName(name)
        self.fallback = fallback
    }

    /// A word begins at a capital behind a small letter, and at the last of several: `xAPIKey`, `lastEventID`.
    static func fieldName(_ name: String) -> String {
        name.split(separator: "_", omittingEmptySubsequences: false)
            .map { Identifier.humps(of: String($0)).joined(separator: "-").lowercased() }
            .joined(separator: "-")
    }

    /// Reads the value.
    public func read(_ reading: inout CallReading) throws -> Header<Wrapped>? {
        let texts = reading.call.request.headers.all(self.name)
        return reading.value(texts, self.name, in: .header, default: self.fallback?.value).map(Header.init)
    }

    /// A header field.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.add(self.name, in: .header, default: self.fallback?.value, &definitions)
    }
}

/// Reads a cookie.
public struct CookieParameter<Wrapped: ParameterValue>: EndpointParameter {
    private let name: String
    private let fallback: Cookie<Wrapped>?

    /// The cookie with a name.
    public init(_ name: String, default fallback: Cookie<Wrapped>? = nil) {
        self.name = name
        self.fallback = fallback
    }

    /// Reads the value.
    public func read(_ reading: inout CallReading) throws -> Cookie<Wrapped>? {
        let texts = reading.cookie(self.name).map { [$0] } ?? []
        return reading.value(texts, self.name, in: .cookie, default: self.fallback?.value).map(Cookie.init)
    }

    /// A cookie.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.add(self.name, in: .cookie, default: self.fallback?.value, &definitions)
    }
}
