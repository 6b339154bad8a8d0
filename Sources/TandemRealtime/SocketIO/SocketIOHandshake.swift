// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// What a client connected with.
public struct SocketIOHandshake: Sendable {
    private let request: Handshake
    /// What the client sent to authenticate itself: the `auth` of its options.
    public let auth: JSONObject

    init(_ request: Handshake, auth: JSONObject) {
        self.request = request
        self.auth = auth
    }

    /// The header fields of its request.
    public var headers: Headers { self.request.headers }
    /// The names and texts of the query of its request.
    public var query: FormFields { self.request.query }
    /// When it came, in milliseconds since 1970.
    public var issued: Int { self.request.issued }
    /// The client's address; `nil` on Unix sockets.
    public var address: String? { self.request.address }
    /// Whether the connection was encrypted.
    public var secure: Bool { self.request.secure }
    /// Whether it came from a page of an origin, which browsers say of pages of other hosts.
    public var xdomain: Bool { self.request.xdomain }
    /// The path and the query, as the client sent them.
    public var url: String { self.request.url }

    /// All of it by Socket.IO's names, but for fields that hold credentials.
    var json: JSONObject {
        var headers = JSONObject()
        for field in self.headers where !["cookie", "authorization"].contains(field.name.lowercased()) {
            headers[field.name.lowercased()] = .string(field.value)
        }
        var query = JSONObject()
        for field in self.query { query[field.name] = .string(field.value) }
        return [
            "headers": .object(headers), "time": .string(self.issued.description),
            "address": self.address.map { .string($0) } ?? .null, "xdomain": .bool(self.xdomain),
            "secure": .bool(self.secure), "issued": .number(self.issued.description), "url": .string(self.url),
            "query": .object(query), "auth": .object(self.auth),
        ]
    }
}
