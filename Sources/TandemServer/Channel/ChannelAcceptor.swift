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
    private let context: ServerContext
    private let group: any EventLoopGroup
    private let loops: [NIOLoopBound<LoopState>]
    #if TLS
    /// What connections are encrypted with; `nil` where they are not.
    let tls: LiveTLS?
    #endif

    init(
        listener: Listener,
        context: ServerContext,
        group: any EventLoopGroup,
        loops: [NIOLoopBound<LoopState>]
    ) throws {
        self.listener = listener
        self.context = context
        self.group = group
        self.loops = loops
        #if TLS
        self.tls = try listener.tls.map { try LiveTLS($0, logger: Logger(label: "tandem.server")) }
        #endif
    }

    /// Binds; with `SO_REUSEPORT` every event loop has a socket of its own, and keeps what it accepts.
    func listen() async throws -> [any Channel] {
        guard self.context.configuration.reusesPort, case .tcp(let host, let port) = self.listener.address else {
            return [try await self.bind(on: self.loops[0].eventLoop, children: self.group, to: self.listener.address)]
        }
        let firstLoop = self.loops[0].eventLoop
        let first = try await self.bind(on: firstLoop, children: firstLoop, to: self.listener.address)
        let bound = Listener.Address.tcp(host: host, port: first.localAddress?.port ?? port)
        var channels = [first]
        for loop in self.loops.dropFirst() {
            channels.append(try await self.bind(on: loop.eventLoop, children: loop.eventLoop, to: bound))
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
        guard let loop = self.loops.first(where: { $0.eventLoop === channel.eventLoop })?.value else { return }
        try Self.setOptions(of: channel, on: loop)
        let isWelcome = self.context.connectionOpened()
        channel.closeFuture.whenComplete { [context] _ in context.connectionClosed() }
        let pipeline = channel.pipeline.syncOperations
        let info = self.info(of: channel)
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

    private func info(of channel: any Channel) -> ConnectionInfo {
        ConnectionInfo(
            remoteAddress: channel.remoteAddress?.ipAddress,
            remotePort: channel.remoteAddress?.port,
            localAddress: channel.localAddress?.ipAddress ?? channel.localAddress?.pathname,
            isSecure: self.listener.isSecure
        )
    }
}
