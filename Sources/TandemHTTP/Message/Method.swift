// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A request method, such as `GET` (RFC 9110, section 9).
///
/// Methods are case-sensitive, and any token is one: `Method("PURGE")`.
public struct Method: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The method as it stands in a request.
    public var rawValue: String

    /// A method by its name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A method by its name.
    public init(_ name: String) {
        self.rawValue = name
    }

    /// A method by its name.
    public init(stringLiteral value: String) {
        self.rawValue = value
    }

    /// The method as it stands in a request.
    public var description: String { self.rawValue }

    /// Read a resource.
    public static var get: Method { "GET" }
    /// Read a resource's head.
    public static var head: Method { "HEAD" }
    /// Hand something to a resource.
    public static var post: Method { "POST" }
    /// Put a resource in place.
    public static var put: Method { "PUT" }
    /// Change part of a resource (RFC 5789).
    public static var patch: Method { "PATCH" }
    /// Remove a resource.
    public static var delete: Method { "DELETE" }
    /// Ask what a resource, or the server, can do.
    public static var options: Method { "OPTIONS" }
    /// Open a tunnel.
    public static var connect: Method { "CONNECT" }
    /// Have the request sent back.
    public static var trace: Method { "TRACE" }

    /// Whether the method reads only (RFC 9110, section 9.2.1).
    public var isSafe: Bool {
        self == .get || self == .head || self == .options || self == .trace
    }

    /// Whether sending the request twice does what sending it once does (RFC 9110, section 9.2.2).
    public var isIdempotent: Bool {
        self.isSafe || self == .put || self == .delete
    }
}
