// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import Synchronization

/// The event loops of NIO's that a server has for TLS and HTTP/2, and where there is no reactor; started when first
/// needed.
final class ChannelGroup: Sendable {
    private let count: Int
    let context: ServerContext
    private let state = Mutex(State())

    private struct State {
        var group: MultiThreadedEventLoopGroup?
        var loops: [NIOLoopBound<LoopState>] = []
        var listening: [any Channel] = []
        #if TLS
        var watchers: [Task<Void, Never>] = []
        #endif
    }

    init(count: Int, context: ServerContext) {
        self.count = count
        self.context = context
    }

    /// The threads, started with the first call.
    var eventLoops: MultiThreadedEventLoopGroup {
        self.state.withLock { state in
            let group = state.group ?? MultiThreadedEventLoopGroup(numberOfThreads: self.count)
            state.group = group
            return group
        }
    }

    /// What the connections of a loop share; to be called on it.
    func loopState(on eventLoop: any EventLoop) -> LoopState {
        if let loop = self.state.withLock({ $0.loops.first { $0.eventLoop === eventLoop } }) { return loop.value }
        let loop = LoopState(eventLoop: eventLoop, context: self.context)
        loop.start()
        let bound = NIOLoopBound(loop, eventLoop: eventLoop)
        self.state.withLock { $0.loops.append(bound) }
        return loop
    }

    func listen(_ listener: Listener) async throws -> BoundAddress {
        let acceptor = try ChannelAcceptor(listener: listener, group: self)
        let channels = try await acceptor.listen()
        self.state.withLock { state in
            state.listening += channels
            #if TLS
            if let tls = acceptor.tls { state.watchers.append(Task { await tls.watch() }) }
            #endif
        }
        return BoundAddress(channels[0].localAddress, listener)
    }

    /// Closes the listening sockets, once the connections that the kernel has ready are accepted.
    func stopListening() async {
        let listening = self.state.withLock { state in
            defer { state.listening = [] }
            return state.listening
        }
        for channel in listening {
            try? await channel.eventLoop.submit {}.get()
            try? await channel.close()
        }
    }

    /// Runs `body` for every loop, on it.
    func forEachLoop(_ body: @escaping @Sendable (LoopState) -> Void) async {
        for loop in self.state.withLock({ $0.loops }) {
            try? await loop.eventLoop.submit { body(loop.value) }.get()
        }
    }

    /// Ends the threads.
    func shutdown() async {
        let group = self.state.withLock { state in
            #if TLS
            for watcher in state.watchers { watcher.cancel() }
            #endif
            defer { state.group = nil }
            return state.group
        }
        try? await group?.shutdownGracefully()
    }
}
