// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// What proxies say of a request; each adds to the right, so the nearest is last.
struct ForwardedClaims {
    /// From whom each proxy got the request.
    private(set) var clients: [Substring] = []
    private var schemes: [Substring] = []
    private var hosts: [Substring] = []

    /// No claims.
    init() {}

    /// The claims of `x-forwarded-for`, `-proto` and `-host`.
    init(xForwarded headers: Headers, withHost: Bool) {
        self.clients = Self.members("x-forwarded-for", of: headers)
        self.schemes = Self.members("x-forwarded-proto", of: headers)
        if withHost { self.hosts = Self.members("x-forwarded-host", of: headers) }
    }

    /// The claims of `forwarded` (RFC 7239, section 4); a proxy that leaves one out has an empty one.
    init(forwarded headers: Headers, withHost: Bool) {
        guard headers.contains("forwarded") else { return }
        for element in headers.all("forwarded").flatMap(Self.elements) {
            var parameters: [String: Substring] = [:]
            for pair in element.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                parameters[parts[0].trimmingSpaces().lowercased()] = Self.unquoted(parts[1].trimmingSpaces())
            }
            self.clients.append(parameters["for"] ?? "")
            self.schemes.append(parameters["proto"] ?? "")
            if withHost { self.hosts.append(parameters["host"] ?? "") }
        }
    }

    var isEmpty: Bool { self.clients.isEmpty && self.schemes.isEmpty && self.hosts.isEmpty }

    /// Whether the client's connection was secure, by the word of the proxy so many hops away.
    func isSecure(before hops: Int) -> Bool? {
        switch Self.claim(self.schemes, before: hops)?.lowercased() {
        case "https", "wss": true
        case "http", "ws": false
        default: nil
        }
    }

    /// The host that the client asked for, by the word of the proxy so many hops away.
    func host(before hops: Int) -> String? {
        guard let host = Self.claim(self.hosts, before: hops), !host.isEmpty, !host.hasPrefix(":"),
            Authority.isValid(String(host))
        else { return nil }
        return String(host)
    }

    /// The claim so many places from the right; the first where there are fewer, since some proxies hand on what the
    /// one in front of them said.
    private static func claim(_ claims: [Substring], before hops: Int) -> Substring? {
        claims.isEmpty ? nil : claims[max(0, claims.count - max(1, hops))]
    }

    /// The address of a node: `192.0.2.1`, `192.0.2.1:4711`, `[2001:db8::1]:4711`, `2001:db8::1` (RFC 7239,
    /// section 6).
    static func address(of node: Substring) -> IPAddress? {
        if node.hasPrefix("[") {
            guard let end = node.firstIndex(of: "]") else { return nil }
            return IPAddress(node[node.index(after: node.startIndex)..<end])
        }
        let parts = node.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        return IPAddress(parts.count == 2 ? parts[0] : node)
    }

    /// The members of a list whose values are never quoted: with quotes a client could swallow the commas behind.
    private static func members(_ name: String, of headers: Headers) -> [Substring] {
        guard headers.contains(name) else { return [] }
        return headers.all(name).flatMap { value in
            value.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
        }
    }

    /// The elements of a line.
    ///
    /// Where a quote is left open, a client has tried to swallow what proxies add behind;
    /// then each comma counts.
    private static func elements(_ line: String) -> [Substring] {
        var isQuoted = false
        var isEscaped = false
        for byte in line.utf8 {
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            }
        }
        return isQuoted ? line.split(separator: ",").map { $0.trimmingSpaces() } : FieldLine.members(line)
    }

    private static func unquoted(_ value: Substring) -> Substring {
        guard value.utf8.count > 1, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
        return value.dropFirst().dropLast()
    }
}
