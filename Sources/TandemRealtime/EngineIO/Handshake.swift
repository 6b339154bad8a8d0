// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import TandemHTTP

/// The request that a client connected with.
public struct Handshake: Sendable {
    /// The header fields.
    public let headers: Headers
    /// When it came, in milliseconds since 1970.
    public let issued: Int
    /// The client's address; `nil` on Unix sockets.
    public let address: String?
    /// Whether the connection was encrypted.
    public let secure: Bool
    /// The path and the query, as the client sent them.
    public let url: String

    /// Keeps what stays of a request, and nothing of its connection.
    package init(_ request: Request) {
        self.headers = request.detached().headers
        self.issued = Int(Date().timeIntervalSince1970 * 1000)
        self.address = request.connection.remoteAddress
        self.secure = request.connection.isSecure
        self.url = String(decoding: request.targetBytes, as: UTF8.self)
    }

    /// The names and texts of the query, such as `EIO` and those that the client added.
    public var query: FormFields { Request(.get, self.url).queryItems }

    /// Whether it came from a page of an origin, which browsers say of pages of other hosts.
    public var xdomain: Bool { self.headers.contains("origin") }
}
