// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import NIOCore
import NIOSSL
import TandemHTTP

/// From settings to what connections are encrypted with.
extension TLSSettings {
    /// Reads certificates and keys.
    func makeContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try self.certificate.chain.certificates().map { .certificate($0) },
            privateKey: .privateKey(try self.certificate.key.privateKey())
        )
        configuration.minimumTLSVersion = self.minimumVersion == .tls1_3 ? .tlsv13 : .tlsv12
        #if HTTP2
        configuration.applicationProtocols = ["h2", "http/1.1"]
        #else
        configuration.applicationProtocols = ["http/1.1"]
        #endif
        if let clientAuthorities {
            configuration.trustRoots = .certificates(try clientAuthorities.certificates())
            configuration.certificateVerification = .noHostnameVerification
            configuration.sendCANameList = true
        }
        if !self.certificatesByHost.isEmpty {
            let byHost = try self.certificatesByHost.map { (host, certificate) in
                (host, try certificate.override())
            }
            configuration.sslContextCallback = { client, promise in
                let host = HostName(authority: client.serverHostname ?? "")
                let match = byHost.first { host.matches($0.0) }
                promise.succeed(match?.1 ?? .noChanges)
            }
        }
        return try NIOSSLContext(configuration: configuration)
    }
}

extension TLSCertificate {
    /// The certificate in place of the listener's own.
    fileprivate func override() throws -> NIOSSLContextConfigurationOverride {
        var override = NIOSSLContextConfigurationOverride()
        override.certificateChain = try self.chain.certificates().map { .certificate($0) }
        override.privateKey = .privateKey(try self.key.privateKey())
        return override
    }
}

extension PEM {
    fileprivate func certificates() throws -> [NIOSSLCertificate] {
        switch self {
        case .file(let path): try NIOSSLCertificate.fromPEMFile(path)
        case .bytes(let bytes): try NIOSSLCertificate.fromPEMBytes(Array(bytes))
        }
    }

    fileprivate func privateKey() throws -> NIOSSLPrivateKey {
        switch self {
        case .file(let path): try NIOSSLPrivateKey(file: path, format: .pem)
        case .bytes(let bytes): try NIOSSLPrivateKey(bytes: Array(bytes), format: .pem)
        }
    }
}
#endif
