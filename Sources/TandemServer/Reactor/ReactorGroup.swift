// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc
import NIOCore
import NIOPosix
import Synchronization
import TandemHTTP

/// The reactors of a server, and what listens on them.
final class ReactorGroup: Sendable {
    private let loops: [Loop]
    private let context: ServerContext
    private let channels: ChannelGroup
    private let listening = Mutex<[NIOLoopBound<ListeningSocket>]>([])

    /// One reactor and what lives on it.
    private struct Loop: Sendable {
        let reactor: Reactor
        let state: NIOLoopBound<LoopState>
        let poller: NIOLoopBound<Poller>
    }

    /// Starts the threads.
    init(count: Int, context: ServerContext, channels: ChannelGroup) async throws {
        self.context = context
        self.channels = channels
        var loops: [Loop] = []
        for index in 0..<count {
            loops.append(try await Self.startLoop(index, context))
        }
        self.loops = loops
    }

    private static func startLoop(_ index: Int, _ context: ServerContext) async throws -> Loop {
        try await withCheckedThrowingContinuation { continuation in
            do {
                _ = try Reactor(name: "tandem-\(index)") { reactor, poller in
                    let state = LoopState(eventLoop: reactor, context: context)
                    state.start()
                    continuation.resume(
                        returning: Loop(
                            reactor: reactor,
                            state: NIOLoopBound(state, eventLoop: reactor),
                            poller: NIOLoopBound(poller, eventLoop: reactor)
                        )
                    )
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Listens at an address; with `SO_REUSEPORT` every reactor has a socket of its own, and keeps what it accepts.
    func listen(_ listener: Listener) async throws -> BoundAddress {
        let first: SocketAddress
        switch listener.address {
        case .tcp(let host, let port):
            let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
            let reusesPort = self.context.configuration.reusesPort
            first = try await self.listen(at: address, on: self.loops[0], spreads: !reusesPort) ?? address
            if reusesPort {
                for loop in self.loops.dropFirst() {
                    _ = try await self.listen(at: first, on: loop, spreads: false)
                }
            }
        case .unix(let path):
            Self.removeStaleSocket(path)
            first = try SocketAddress(unixDomainSocketPath: path)
            _ = try await self.listen(at: first, on: self.loops[0], spreads: true)
        }
        return BoundAddress(first, listener)
    }

    /// Removes the socket that a dead server left behind, and nothing else.
    private static func removeStaleSocket(_ path: String) {
        var information = stat()
        if lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFSOCK { unlink(path) }
    }

    private func listen(at address: SocketAddress, on loop: Loop, spreads: Bool) async throws -> SocketAddress? {
        let configuration = self.context.configuration
        let loops = spreads ? self.loops : [loop]
        let bound = try await loop.reactor.submit { [context, channels] in
            var turn = 0
            let socket = try ListeningSocket(
                address,
                backlog: configuration.backlog,
                reusesPort: configuration.reusesPort,
                poller: loop.poller.value,
                eventLoop: loop.reactor
            ) { descriptor, remote in
                let target = loops[turn % loops.count]
                turn &+= 1
                if target.reactor === loop.reactor {
                    Self.adopt(descriptor, remote, at: address, on: target, context, channels)
                } else {
                    target.reactor.execute {
                        Self.adopt(descriptor, remote, at: address, on: target, context, channels)
                    }
                }
            }
            return NIOLoopBound(socket, eventLoop: loop.reactor)
        }.get()
        self.listening.withLock { $0.append(bound) }
        return try await loop.reactor.submit { bound.value.localAddress }.get()
    }

    /// Makes a connection of an accepted socket, on its reactor.
    private static func adopt(
        _ descriptor: CInt,
        _ remote: SocketAddress?,
        at local: SocketAddress,
        on loop: Loop,
        _ context: ServerContext,
        _ channels: ChannelGroup
    ) {
        tandem_no_delay(descriptor)
        let state = loop.state.value
        let info = ConnectionInfo(
            remoteAddress: remote?.ipAddress,
            remotePort: remote?.port,
            localAddress: local.ipAddress ?? local.pathname,
            isSecure: false,
            executor: state.executor
        )
        let transport = SocketTransport(
            descriptor: descriptor,
            poller: loop.poller.value,
            loop: state,
            channels: channels
        )
        let isWelcome = context.connectionOpened()
        transport.start(HTTP1Connection(transport: transport, loop: state, info: info, isWelcome: isWelcome))
    }

    /// Closes the listening sockets, once the connections that the kernel has ready are accepted.
    func stopListening() async {
        let listening = self.listening.withLock { listening in
            defer { listening = [] }
            return listening
        }
        for socket in listening {
            try? await socket.eventLoop.submit { socket.value.close() }.get()
        }
    }

    /// Runs `body` for every loop, on it.
    func forEachLoop(_ body: @escaping @Sendable (LoopState) -> Void) async {
        for loop in self.loops {
            try? await loop.reactor.submit { body(loop.state.value) }.get()
        }
    }

    /// Ends the threads.
    func shutdown() async {
        for loop in self.loops { try? await loop.reactor.shutdownGracefully() }
    }
}
#endif
