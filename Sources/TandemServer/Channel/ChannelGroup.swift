// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The event loops of NIO's that a server has for TLS, and where there is no reactor; started when first needed.
actor ChannelGroup {
    private let count: Int
    let context: ServerContext
    private var group: MultiThreadedEventLoopGroup?
    private(set) var loops: [NIOLoopBound<LoopState>] = []
    private var listening: [any Channel] = []
    #if TLS
    private var watchers: [Task<Void, Never>] = []
    #endif

    init(count: Int, context: ServerContext) {
        self.count = count
        self.context = context
    }

    func start() async throws -> MultiThreadedEventLoopGroup {
        if let group = self.group { return group }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: self.count)
        self.group = group
        for eventLoop in group.makeIterator() {
            let loop = eventLoop.submit { [context] in
                let state = LoopState(eventLoop: eventLoop, context: context)
                state.start()
                return NIOLoopBound(state, eventLoop: eventLoop)
            }
            self.loops.append(try await loop.get())
        }
        return group
    }

    func listen(_ listener: Listener) async throws -> BoundAddress {
        let group = try await self.start()
        let acceptor = try ChannelAcceptor(listener: listener, context: self.context, group: group, loops: self.loops)
        let channels = try await acceptor.listen()
        self.listening += channels
        #if TLS
        if let tls = acceptor.tls { self.watchers.append(Task { await tls.watch() }) }
        #endif
        return BoundAddress(channels[0].localAddress, listener)
    }

    /// Closes the listening sockets, once the connections that the kernel has ready are accepted.
    func stopListening() async {
        for channel in self.listening {
            try? await channel.eventLoop.submit {}.get()
            try? await channel.close()
        }
        self.listening = []
    }

    /// Runs `body` for every loop, on it.
    func forEachLoop(_ body: @escaping @Sendable (LoopState) -> Void) async {
        for loop in self.loops {
            try? await loop.eventLoop.submit { body(loop.value) }.get()
        }
    }

    /// Ends the threads.
    func shutdown() async {
        #if TLS
        for watcher in self.watchers { watcher.cancel() }
        #endif
        try? await self.group?.shutdownGracefully()
        self.group = nil
    }
}
