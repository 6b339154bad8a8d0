// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import TandemHTTP

#if TLS
import Logging
import NIOSSL
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Listens at one address through NIO, and makes a channel of what it accepts.
struct ChannelAcceptor: Sendable {
    private let listener: Listener
    private let group: ChannelGroup
    #if TLS
    /// What connections are encrypted with; `nil` where they are not.
    let tls: LiveTLS?
    #endif

    private var context: ServerContext { self.group.context }

    init(listener: Listener, group: ChannelGroup) throws {
        self.listener = listener
        self.group = group
        #if TLS
        self.tls = try listener.tls.map { try LiveTLS($0, logger: Logger(label: "tandem.server")) }
        #endif
    }

    /// Binds; with `SO_REUSEPORT` every event loop has a socket of its own, and keeps what it accepts.
    func listen() async throws -> [any Channel] {
        let group = self.group.eventLoops
        guard self.context.configuration.reusesPort, case .tcp(let host, let port) = self.listener.address else {
            return [try await self.bind(on: group.next(), children: group, to: self.listener.address)]
        }
        var channels: [any Channel] = []
        for eventLoop in group.makeIterator() {
            let bound = Listener.Address.tcp(host: host, port: channels.first?.localAddress?.port ?? port)
            channels.append(try await self.bind(on: eventLoop, children: eventLoop, to: bound))
        }
        return channels
    }

    private func bind(
        on eventLoop: any EventLoop,
        children: any EventLoopGroup,
        to address: Listener.Address
    ) async throws -> any Channel {
        let configuration = self.context.configuration
        let bootstrap = ServerBootstrap(group: eventLoop, childGroup: children)
            .serverChannelOption(.backlog, value: CInt(clamping: configuration.backlog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.socketOption(.init(rawValue: SO_REUSEPORT)), value: configuration.reusesPort ? 1 : 0)
            .serverChannelOption(.maxMessagesPerRead, value: 64)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try self.initialize(channel)
                }
            }
        switch address {
        case .tcp(let host, let port):
            return try await bootstrap.bind(host: host, port: port).get()
        case .unix(let path):
            return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        }
    }

    /// Makes a connection of an accepted socket, on its event loop.
    private func initialize(_ channel: any Channel) throws {
        let loop = self.group.loopState(on: channel.eventLoop)
        try Self.setOptions(of: channel, on: loop)
        let isWelcome = self.context.connectionOpened()
        channel.closeFuture.whenComplete { [context] _ in context.connectionClosed() }
        let pipeline = channel.pipeline.syncOperations
        let info = self.info(of: channel, on: loop)
        #if TLS
        if let tls {
            try pipeline.addHandlers([
                NIOSSLServerHandler(context: tls.context),
                TLSHandshake(loop: loop, info: info, isWelcome: isWelcome),
            ])
            return
        }
        #endif
        try pipeline.addHandler(ChannelTransport(loop: loop, info: info, isWelcome: isWelcome))
    }

    /// Sets what all connections have in common.
    static func setOptions(of channel: any Channel, on loop: LoopState) throws {
        let options = channel.syncOptions
        if channel.localAddress?.ipAddress != nil { try options?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
        try options?.setOption(.allowRemoteHalfClosure, value: true)
        try options?.setOption(.maxMessagesPerRead, value: 1)
        try options?.setOption(.recvAllocator, value: ReadBufferSource(loop))
    }

    private func info(of channel: any Channel, on loop: LoopState) -> ConnectionInfo {
        ConnectionInfo(
            remoteAddress: channel.remoteAddress?.ipAddress,
            remotePort: channel.remoteAddress?.port,
            localAddress: channel.localAddress?.ipAddress ?? channel.localAddress?.pathname,
            isSecure: self.listener.isSecure,
            executor: loop.executor
        )
    }
}
