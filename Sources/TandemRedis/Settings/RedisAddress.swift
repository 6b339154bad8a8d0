// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// What a URL says of a server.
struct RedisAddress: Equatable, Sendable {
    var place: Place
    var user: String?
    var password: String?
    var database = 0

    enum Place: Equatable, Sendable {
        case host(String, port: Int)
        case unixSocket(String)
    }

    /// - Throws: `RedisError.invalid`, without the URL itself, which may hold a password.
    init(url: String) throws(RedisError) {
        let (scheme, rest) = try Self.scheme(of: url)
        let (beforeQuery, query) = rest.cut(at: "?")
        let (authority, path): (Substring, Substring)
        if let slash = beforeQuery.firstIndex(of: "/") {
            (authority, path) = (beforeQuery[..<slash], beforeQuery[slash...])
        } else {
            (authority, path) = (beforeQuery, "")
        }
        let (credentials, host) =
            authority.lastIndex(of: "@").map {
                (authority[..<$0], authority[authority.index(after: $0)...])
            } ?? ("", authority)
        if !credentials.isEmpty {
            let (user, password) = credentials.cut(at: ":")
            self.password = try password.map { text throws(RedisError) in try Self.decoded(text) }
            let name = try Self.decoded(user)
            self.user = name.isEmpty || self.password == nil ? nil : name
            if self.password == nil { throw .invalid("A Redis URL with a user needs a password: user:password@host.") }
        }
        let database: Substring?
        if scheme == "redis" {
            self.place = try Self.host(host)
            database = path.dropFirst()
        } else {
            self.place = .unixSocket(try Self.decoded(path))
            if path.isEmpty { throw .invalid("A URL of a Unix socket needs a path: redis+unix:///run/redis.sock.") }
            database = query.flatMap { $0.hasPrefix("db=") ? $0.dropFirst(3) : nil }
        }
        if let database, !database.isEmpty {
            guard let number = Int(database), number >= 0 else {
                throw .invalid("The database of a Redis URL is a number, such as redis://host:6379/0.")
            }
            self.database = number
        }
    }

    private static func scheme(of url: String) throws(RedisError) -> (String, Substring) {
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        switch parts.first?.lowercased() {
        case "redis" where parts.count == 2: return ("redis", parts[1])
        case "redis+unix" where parts.count == 2, "unix" where parts.count == 2: return ("unix", parts[1])
        case "rediss":
            throw .invalid("Redis over TLS is not spoken: use redis:// through a tunnel or a private network.")
        default:
            throw .invalid("A Redis URL begins with redis:// or redis+unix://, such as redis://127.0.0.1:6379/0.")
        }
    }

    private static func host(_ text: Substring) throws(RedisError) -> Place {
        var (host, port): (Substring, Substring?) = (text, nil)
        if text.first == "[", let end = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            port = rest.first == ":" ? rest.dropFirst() : nil
        } else {
            (host, port) = text.cut(at: ":")
        }
        guard let number = port.map({ Int($0) }) ?? 6379, 1...65535 ~= number else {
            throw .invalid("The port of a Redis URL is a number from 1 to 65535.")
        }
        return .host(host.isEmpty ? "127.0.0.1" : try Self.decoded(host), port: number)
    }

    private static func decoded(_ text: Substring) throws(RedisError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte != UInt8(ascii: "%") {
                bytes.append(byte)
            } else if rest.first != UInt8(ascii: "+"), rest.count >= 2,
                let decoded = UInt8(Substring(rest.prefix(2)), radix: 16)
            {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                throw .invalid("A % in a Redis URL is followed by two hexadecimal digits; %25 is the sign itself.")
            }
        }
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw .invalid("What a Redis URL encodes with % is UTF-8.")
        }
        return string
    }

    /// What is said first on a connection.
    func greeting(clientName: String) -> [[RedisArgument]] {
        var commands: [[RedisArgument]] = []
        if let password = self.password {
            commands.append(["AUTH"] + (self.user.map { [RedisArgument($0)] } ?? []) + [RedisArgument(password)])
        }
        if self.database != 0 { commands.append(["SELECT", RedisArgument(self.database)]) }
        if !clientName.isEmpty { commands.append(["CLIENT", "SETNAME", RedisArgument(clientName)]) }
        return commands
    }
}

extension Substring {
    /// What stands before a character and what behind it; nil where there is none.
    fileprivate func cut(at character: Character) -> (Substring, Substring?) {
        guard let index = self.firstIndex(of: character) else { return (self, nil) }
        return (self[..<index], self[self.index(after: index)...])
    }
}
#endif
