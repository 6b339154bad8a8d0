// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import ServiceLifecycle
import TandemHTTP

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A server from its start to its end.
actor RunningServer {
    private let context: ServerContext
    private let channels: ChannelGroup
    #if os(Linux)
    private var reactors: ReactorGroup?
    #endif

    private let loopCount: Int

    init(context: ServerContext) {
        self.context = context
        self.loopCount = max(context.configuration.eventLoops ?? System.coreCount, 1)
        self.channels = ChannelGroup(count: self.loopCount, context: context)
    }

    /// Starts the loops and listens.
    func start(_ listeners: [Listener]) async throws -> [BoundAddress] {
        signal(SIGPIPE, SIG_IGN)
        var addresses: [BoundAddress] = []
        for listener in listeners {
            do {
                addresses.append(try await self.listen(listener))
            } catch {
                throw ServerError("Cannot listen at \(listener): \(error). Is another server there?", cause: error)
            }
        }
        return addresses
    }

    /// Plain sockets are the reactors', where there are any; TLS is NIO's.
    private func listen(_ listener: Listener) async throws -> BoundAddress {
        #if os(Linux)
        if !listener.isSecure {
            if let reactors = self.reactors { return try await reactors.listen(listener) }
            let reactors = try await ReactorGroup(
                count: self.loopCount,
                context: self.context,
                channels: self.channels
            )
            self.reactors = reactors
            return try await reactors.listen(listener)
        }
        #endif
        return try await self.channels.listen(listener)
    }

    /// Serves until shutdown is asked for, then sees it through.
    func waitForShutdown() async {
        let reason = await ShutdownReason.next()
        self.context.startDraining()
        await self.stopListening()
        if reason == .graceful { await self.drain() }
        await self.close()
    }

    private func stopListening() async {
        #if os(Linux)
        await self.reactors?.stopListening()
        #endif
        await self.channels.stopListening()
    }

    private func forEachLoop(_ body: @escaping @Sendable (LoopState) -> Void) async {
        #if os(Linux)
        await self.reactors?.forEachLoop(body)
        #endif
        await self.channels.forEachLoop(body)
    }

    /// Lets what is in flight finish, until the deadline.
    private func drain() async {
        await self.forEachLoop { $0.drain() }
        let clock = ContinuousClock()
        let deadline = clock.now + self.context.configuration.shutdownDeadline
        while self.context.connectionCount > 0, clock.now < deadline, !Task.isCancelled {
            try? await clock.sleep(for: .milliseconds(20))
        }
    }

    /// Closes everything.
    func close() async {
        await self.stopListening()
        await self.forEachLoop { loop in
            loop.abort()
            loop.stop()
        }
        #if os(Linux)
        await self.reactors?.shutdown()
        #endif
        await self.channels.shutdown()
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
