// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a client's half of the opening handshake must say (RFC 6455, section 4.2.1; RFC 8441, section 5).
struct WebSocketHandshake {
    /// What proves that the request was understood; HTTP/2 needs no proof.
    let accept: String?
    let subprotocol: String?
    let compression: MessageDeflateAgreement?

    init(_ request: Request, _ settings: WebSocketSettings) throws(HTTPError) {
        // The server writes the field `upgrade` for an extended CONNECT, and no client can over HTTP/2.
        let isHTTP2 = request.version == .http2
        guard request.method == .get, isHTTP2 || request.version == .http1_1, request.body.length == 0 else {
            throw .badHandshake("A WebSocket begins with a GET request of HTTP/1.1 that has no body.")
        }
        guard isHTTP2 || request.headers.names("connection", "upgrade"), request.headers.names("upgrade", "websocket")
        else { throw .upgradeRequired("This is a WebSocket; the request does not ask to upgrade to one.") }
        guard request.headers.all("sec-websocket-version") == ["13"] else {
            throw .upgradeRequired("The only version of WebSocket spoken here is 13.")
        }
        let keys = request.headers.all("sec-websocket-key")
        guard isHTTP2 || keys.count == 1 && Self.isKey(keys[0]) else {
            throw .badHandshake("The field Sec-WebSocket-Key is not 16 bytes in Base64.")
        }
        guard let extensions = WebSocketExtension.list(request.headers) else {
            throw .badHandshake("The field Sec-WebSocket-Extensions is malformed.")
        }
        try Self.checkOrigin(of: request, settings.origins)
        self.accept = isHTTP2 ? nil : Self.accept(keys[0])
        let offered = request.headers.list("sec-websocket-protocol")
        self.compression = settings.compression.flatMap { MessageDeflateAgreement(accepting: extensions, $0) }
        self.subprotocol = settings.subprotocols.first { offered.contains(Substring($0)) }
    }

    /// The answer to a key (RFC 6455, section 4.2.2).
    static func accept(_ key: String) -> String {
        Base64.encoded(SHA1.digest(of: key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
    }

    /// Whether a text is the Base64 of 16 bytes.
    private static func isKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count == 24 && bytes[22...] == [0x3D, 0x3D] && bytes[..<22].allSatisfy(Base64.isDigit)
    }

    /// Refuses pages of other hosts, which a browser would let connect with the user's cookies.
    private static func checkOrigin(of request: Request, _ allowed: [String]?) throws(HTTPError) {
        guard let origin = request.headers["origin"] else { return }
        let isAllowed =
            if let allowed {
                allowed.contains { $0 == "*" || $0.lowercased() == origin.lowercased() }
            } else {
                self.authority(ofOrigin: origin) == request.authority.map(self.withoutDefaultPort)
            }
        guard isAllowed else {
            throw HTTPError(.forbidden, "Pages of this origin may not connect here.", code: "origin-not-allowed")
        }
    }

    /// The host and the port of an origin; `nil` for that of a page without one.
    private static func authority(ofOrigin origin: String) -> String? {
        origin.firstRange(of: "://").map { self.withoutDefaultPort(String(origin[$0.upperBound...])) }
    }

    /// A host and a port that compares with others.
    private static func withoutDefaultPort(_ authority: String) -> String {
        var authority = authority.lowercased()
        // A proxy in front may have taken the encryption off, so the scheme is not known.
        for port in [":80", ":443"] where authority.hasSuffix(port) { authority.removeLast(port.count) }
        return authority
    }
}

extension Headers {
    /// Whether a list field has a lower-case member, without regard to case.
    fileprivate func names(_ name: String, _ member: String) -> Bool {
        self.list(name).contains { $0.lowercased() == member }
    }
}

extension HTTPError {
    fileprivate static func badHandshake(_ detail: String) -> HTTPError {
        HTTPError(.badRequest, detail, code: "malformed-handshake")
    }

    fileprivate static func upgradeRequired(_ detail: String) -> HTTPError {
        HTTPError(.upgradeRequired, detail, headers: ["upgrade": "websocket", "sec-websocket-version": "13"])
    }
}
