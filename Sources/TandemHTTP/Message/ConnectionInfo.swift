// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What is known of the connection a request came on.
public final class ConnectionInfo: Sendable {
    /// The client's address, such as `127.0.0.1` or `::1`; `nil` on Unix sockets.
    public let remoteAddress: String?
    /// The client's port.
    public let remotePort: Int?
    /// The address it was accepted at: `127.0.0.1:8080`, or the path of a Unix socket.
    public let localAddress: String?
    /// Whether it is encrypted.
    public let isSecure: Bool
    /// What runs tasks on its event loop; `nil` where there is none.
    package let executor: (any TaskExecutor)?

    package init(
        remoteAddress: String?,
        remotePort: Int?,
        localAddress: String?,
        isSecure: Bool,
        executor: (any TaskExecutor)? = nil
    ) {
        self.remoteAddress = remoteAddress
        self.remotePort = remotePort
        self.localAddress = localAddress
        self.isSecure = isSecure
        self.executor = executor
    }

    /// The same connection moved to another event loop.
    package func moved(to executor: any TaskExecutor) -> ConnectionInfo {
        ConnectionInfo(
            remoteAddress: self.remoteAddress,
            remotePort: self.remotePort,
            localAddress: self.localAddress,
            isSecure: self.isSecure,
            executor: executor
        )
    }

    /// The same connection of a client that a proxy stands for; its port is not known.
    package func standing(for remoteAddress: String?, isSecure: Bool) -> ConnectionInfo {
        ConnectionInfo(
            remoteAddress: remoteAddress,
            remotePort: nil,
            localAddress: self.localAddress,
            isSecure: isSecure,
            executor: self.executor
        )
    }

    /// A request that came on no connection, as in tests.
    package static let none = ConnectionInfo(
        remoteAddress: nil,
        remotePort: nil,
        localAddress: nil,
        isSecure: false
    )
}
