// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import ServiceLifecycle
import TandemHTTP

/// A server from its start to its end.
actor RunningServer {
    private let context: ServerContext
    private let group: MultiThreadedEventLoopGroup
    private var loops: [NIOLoopBound<LoopState>] = []
    private var listening: [any Channel] = []
    #if TLS
    private var watchers: [Task<Void, Never>] = []
    #endif

    init(context: ServerContext, group: MultiThreadedEventLoopGroup) {
        self.context = context
        self.group = group
    }

    /// Starts the loops and listens.
    func start(_ listeners: [Listener]) async throws -> [BoundAddress] {
        for eventLoop in self.group.makeIterator() {
            let loop = eventLoop.submit { [context] in
                let state = LoopState(eventLoop: eventLoop, context: context)
                state.start()
                return NIOLoopBound(state, eventLoop: eventLoop)
            }
            self.loops.append(try await loop.get())
        }
        var addresses: [BoundAddress] = []
        for listener in listeners {
            let acceptor = try Acceptor(
                listener: listener,
                context: self.context,
                group: self.group,
                loops: self.loops
            )
            let channels = try await acceptor.listen()
            self.listening += channels
            #if TLS
            if let tls = acceptor.tls { self.watchers.append(Task { await tls.watch() }) }
            #endif
            addresses.append(BoundAddress(of: channels[0], listener))
        }
        return addresses
    }

    /// Serves until shutdown is asked for, then sees it through.
    func waitForShutdown() async {
        let reason = await ShutdownReason.next()
        await self.stopAccepting()
        if reason == .graceful { await self.drain() }
        await self.close()
    }

    /// Closes the listening sockets, once the connections that the kernel has ready are accepted.
    private func stopAccepting() async {
        for channel in self.listening {
            try? await channel.eventLoop.submit {}.get()
            try? await channel.close()
        }
        self.listening = []
    }

    /// Lets what is in flight finish, until the deadline.
    private func drain() async {
        self.context.startDraining()
        for loop in self.loops {
            try? await loop.eventLoop.submit { loop.value.drain() }.get()
        }
        let clock = ContinuousClock()
        let deadline = clock.now + self.context.configuration.shutdownDeadline
        while self.context.connectionCount > 0, clock.now < deadline, !Task.isCancelled {
            try? await clock.sleep(for: .milliseconds(20))
        }
    }

    /// Closes everything.
    func close() async {
        await self.stopAccepting()
        #if TLS
        for watcher in self.watchers { watcher.cancel() }
        #endif
        for loop in self.loops {
            try? await loop.eventLoop.submit {
                loop.value.abort()
                loop.value.stop()
            }.get()
        }
    }
}

/// Why a server ends.
private enum ShutdownReason {
    case graceful, cancelled

    static func next() async -> ShutdownReason {
        do {
            try await gracefulShutdown()
            return .graceful
        } catch {
            return .cancelled
        }
    }
}
