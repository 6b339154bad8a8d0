// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
public import TandemHTTP

/// How a listener encrypts (RFC 8446).
///
/// ```swift
/// let tls = TLSSettings(certificate: .files(chain: "/etc/tandem/chain.pem", key: "/etc/tandem/key.pem"))
/// try await Server(.init(.tcp(host: "0.0.0.0", port: 443, tls: tls)), handler: app).serve()
/// ```
///
/// Files are looked at again every ``reloadInterval``: new connections then use the new certificate, those that are
/// open go on. Files that cannot be used are logged, and what was used before stays.
public struct TLSSettings: Sendable {
    /// The certificate for clients that ask for no name, or for one that has none of its own.
    public var certificate: TLSCertificate
    /// Certificates by the name that the client asks for (SNI, RFC 6066, section 3).
    ///
    /// A name that begins with a dot stands for all names under it: `.example.com`.
    public var certificatesByHost: [String: TLSCertificate] = [:]
    /// The oldest version that clients may speak.
    ///
    /// TLS 1.2.
    public var minimumVersion = TLSVersion.tls1_2
    /// The authorities that clients' certificates are checked against (mutual TLS), in PEM; `nil`, the default, to ask
    /// clients for none.
    public var clientAuthorities: PEM?
    /// How often files are looked at.
    ///
    /// 10 seconds; `nil` for only when ``reload()`` is called.
    public var reloadInterval: Duration? = .seconds(10)

    private let reloads = ReloadRequests()

    /// Settings for a certificate.
    public init(certificate: TLSCertificate) {
        self.certificate = certificate
    }

    /// Has each server that uses these settings, or a copy of them, read the files again now.
    ///
    /// Returns at once. Files that cannot be used are logged, and what was used before stays.
    public func reload() {
        self.reloads.request()
    }

    /// Each element asks for the files to be read again.
    var reloadRequests: AsyncStream<Void> { self.reloads.makeStream() }
}

/// A version of TLS.
public enum TLSVersion: Sendable, Hashable {
    /// TLS 1.2 (RFC 5246).
    case tls1_2
    /// TLS 1.3 (RFC 8446).
    case tls1_3
}

/// A certificate with its key.
public struct TLSCertificate: Sendable, Hashable {
    /// The certificate, followed by those of its issuers up to the one that clients know.
    public var chain: PEM
    /// The private key, not encrypted.
    public var key: PEM

    /// A certificate with its key.
    public init(chain: PEM, key: PEM) {
        self.chain = chain
        self.key = key
    }

    /// A certificate and a key in PEM files.
    public static func files(chain: String, key: String) -> TLSCertificate {
        TLSCertificate(chain: .file(chain), key: .file(key))
    }
}

/// Something in PEM (RFC 7468).
public enum PEM: Sendable, Hashable {
    /// In a file, by its path.
    case file(String)
    /// In memory.
    case bytes(Bytes)
}
#endif
