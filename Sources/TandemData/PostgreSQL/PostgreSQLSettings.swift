// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// How to reach a PostgreSQL database, and how many connections to keep to it.
public struct PostgreSQLSettings: Sendable {
    /// Where it is, as libpq reads it: `postgres://user:password@host:5432/name?sslmode=verify-full`.
    ///
    /// Several hosts stand between commas, a Unix socket as `postgres:///name?host=/run/postgresql`. What the URL says
    /// (`application_name`, `connect_timeout`, `sslrootcert`, …) comes before what is said here.
    public var url: String
    /// URLs of replicas: single reads go to them in turn, and to the primary where none answers.
    ///
    /// A replica lags a little behind; what has to see a write that came just before is read by `Database.primary`, or
    /// in a transaction.
    public var replicas: [String] = []
    /// How many connections are kept at least, and at most; to each replica as many; 1 to 10 by itself.
    public var connections: ClosedRange<Int> = 1...10
    /// How many statements may wait for answers on one connection; 32 by itself, 1 switches pipelining off.
    public var pipelineDepth = 32
    /// How long it may take to connect to a host, in whole seconds and 2 at least; 5 seconds by itself.
    public var connectTimeout: Duration = .seconds(5)
    /// How long a statement waits for a connection, and for the database to come back; 5 seconds by itself.
    public var acquireTimeout: Duration = .seconds(5)
    /// How long a statement may run; 30 seconds by itself, nil for no limit.
    public var statementTimeout: Duration? = .seconds(30)
    /// After how long an unused connection is closed; 5 minutes by itself.
    public var idleTimeout: Duration = .seconds(300)
    /// How old a connection may become, give or take a tenth; an hour by itself.
    public var lifetime: Duration = .seconds(3600)
    /// What the server's own tools call the connections.
    public var applicationName = "tandem"
    /// Whether and how connections are encrypted; where nil, `verifyFull` if there are `tlsAuthorities`, and else `prefer`.
    public var tls: TLSMode?
    /// The path of a file of the certificates, in PEM, of the authorities that are believed; `~/.postgresql/root.crt`
    /// where nil.
    public var tlsAuthorities: String?
    /// The path of a file of this program's own certificate, in PEM, for servers that want one.
    public var tlsCertificate: String?
    /// The path of the file of its key, which none but its owner may be able to read.
    public var tlsKey: String?
    /// How many prepared statements each connection keeps; 256 by itself.
    public var keptStatements = 256

    /// Settings of a database by its URL; the rest by itself.
    public init(url: String) {
        self.url = url
    }

    /// How far a connection is encrypted, and the server believed.
    public enum TLSMode: String, Hashable, Sendable {
        /// Not at all.
        case disable
        /// Where the server wants it.
        case allow
        /// Where the server can.
        case prefer
        /// Always, whoever the server is; with `tlsAuthorities` the same as `verifyCA`.
        case require
        /// Always, with a certificate that a known authority signed.
        case verifyCA = "verify-ca"
        /// Always, with such a certificate for this very host.
        case verifyFull = "verify-full"
    }
}

extension PostgreSQLSettings: CustomStringConvertible, CustomReflectable {
    /// No password, and nothing else of the URL.
    public var description: String { "PostgreSQLSettings(connections: \(self.connections))" }

    /// No password either.
    public var customMirror: Mirror { Mirror(self, children: ["connections": self.connections]) }
}

extension PostgreSQLSettings {
    /// What libpq gets for one of the URLs: the settings, and after them what the URL itself says.
    func connectionString(_ url: String, connectTimeout: Duration? = nil) -> String {
        let timeout = max(2, Int((connectTimeout ?? self.connectTimeout).components.seconds))
        var own = [
            "application_name=\(Self.escaped(self.applicationName))", "client_encoding=UTF8",
            "connect_timeout=\(timeout)", "keepalives_idle=30", "keepalives_interval=10", "keepalives_count=3",
            "tcp_user_timeout=30000",
        ]
        if let tls = self.tls ?? self.tlsAuthorities.map({ _ in .verifyFull }) {
            own.append("sslmode=\(tls.rawValue)")
        }
        let files = [
            ("sslrootcert", self.tlsAuthorities), ("sslcert", self.tlsCertificate), ("sslkey", self.tlsKey),
        ]
        for case (let name, let path?) in files { own.append("\(name)=\(Self.escaped(path))") }
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let theirs = parts.count == 2 && !parts[1].isEmpty ? "&" + parts[1] : ""
        return "\(parts.first ?? "")?\(own.joined(separator: "&"))\(theirs)"
    }

    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { escaped, byte in
            let character = Character(Unicode.Scalar(byte))
            if byte < 128, character.isLetter || character.isNumber {
                escaped.append(character)
            } else if byte != 0 {
                escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
#endif
