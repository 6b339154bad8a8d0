// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The version of the protocol that a request came in.
public enum Version: String, Sendable, Hashable, CustomStringConvertible {
    /// HTTP/1.0 (RFC 1945).
    case http1_0 = "HTTP/1.0"
    /// HTTP/1.1 (RFC 9112).
    case http1_1 = "HTTP/1.1"
    /// HTTP/2 (RFC 9113).
    case http2 = "HTTP/2"

    /// As it stands in a request line: `HTTP/1.1`.
    public var description: String { self.rawValue }
}
