// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// An address that a server listens at.
public struct Listener: Sendable {
    enum Address: Sendable, Hashable {
        case tcp(host: String, port: Int)
        case unix(path: String)
    }

    var address: Address
    #if TLS
    var tls: TLSSettings?
    #endif

    /// A TCP address.
    ///
    /// - Parameters:
    ///   - host: A name or an address; `0.0.0.0` or `::` for all interfaces.
    ///   - port: 0 for a free one.
    /// - Returns: A listener without TLS.
    public static func tcp(host: String = "127.0.0.1", port: Int = 8080) -> Listener {
        Listener(address: .tcp(host: host, port: port))
    }

    #if TLS
    /// A TCP address where TLS is spoken, and HTTP/2 or HTTP/1.1 as the client chooses.
    ///
    /// - Parameters:
    ///   - host: A name or an address; `0.0.0.0` or `::` for all interfaces.
    ///   - port: 0 for a free one.
    ///   - tls: The certificate, and what is asked of clients.
    /// - Returns: A listener with TLS.
    public static func tcp(host: String = "127.0.0.1", port: Int = 8443, tls: TLSSettings) -> Listener {
        var listener = Listener(address: .tcp(host: host, port: port))
        listener.tls = tls
        return listener
    }
    #endif

    /// A Unix socket; a file that a dead server left there is replaced.
    public static func unix(path: String) -> Listener {
        Listener(address: .unix(path: path))
    }

    private init(address: Address) {
        self.address = address
    }

    /// The same at another host or port, or both; a Unix socket becomes an address of TCP.
    package func moved(toHost host: String?, port: Int?) -> Listener {
        var listener = self
        switch self.address {
        case .tcp(let ownHost, let ownPort): listener.address = .tcp(host: host ?? ownHost, port: port ?? ownPort)
        case .unix: listener.address = .tcp(host: host ?? "127.0.0.1", port: port ?? 8080)
        }
        return listener
    }

    /// Whether it speaks TLS.
    var isSecure: Bool {
        #if TLS
        self.tls != nil
        #else
        false
        #endif
    }
}

extension Listener: CustomStringConvertible {
    /// The host and port, or the path of a Unix socket.
    public var description: String {
        switch self.address {
        case .tcp(let host, let port): "\(host):\(port)"
        case .unix(let path): path
        }
    }
}

/// An address that a server has come to listen at.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    /// The host, or the path of a Unix socket.
    public let host: String
    /// The port; `nil` for a Unix socket.
    public let port: Int?
    /// Whether it speaks TLS.
    public let isSecure: Bool

    /// As a URL would have it: `http://127.0.0.1:8080`.
    public var description: String {
        guard let port = self.port else { return "unix:\(self.host)" }
        let host = self.host.contains(":") ? "[\(self.host)]" : self.host
        return "\(self.isSecure ? "https" : "http")://\(host):\(port)"
    }
}

extension BoundAddress {
    /// Where a listener's socket really is.
    init(_ address: SocketAddress?, _ listener: Listener) {
        switch listener.address {
        case .tcp(let host, let port):
            self.host = address?.ipAddress ?? host
            self.port = address?.port ?? port
        case .unix(let path):
            self.host = path
            self.port = nil
        }
        self.isSecure = listener.isSecure
    }
}
