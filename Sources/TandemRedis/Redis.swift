// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore
import NIOPosix

/// A Redis server: commands, and messages.
///
/// ```swift
/// let redis = try Redis(url: "redis://127.0.0.1:6379")
/// try await redis.set("greeting", to: "hello", expiring: .seconds(60))
/// let greeting = try await redis.get("greeting")
/// ```
/// It connects when it is first used, and again whenever the connection breaks. One connection serves all callers, whose
/// commands go out together and are answered in order; a second one brings the messages of subscriptions. So a command
/// that waits in Redis, such as BLPOP, makes all others wait: give those a client of their own. Copies are the same
/// client; with the last of them it closes by itself.
public struct Redis: Sendable {
    let core: Core

    /// A server by its URL, `redis://user:password@host:6379/0` or `redis+unix:///run/redis.sock?db=0`.
    ///
    /// - Throws: `RedisError.invalid` where the URL is none; what is wrong with the server is thrown by its first use.
    public init(url: String) throws(RedisError) {
        try self.init(RedisSettings(url: url))
    }

    /// A server by settings.
    ///
    /// - Throws: `RedisError.invalid` where the URL is none; what is wrong with the server is thrown by its first use.
    public init(_ settings: RedisSettings) throws(RedisError) {
        self.core = Core(settings, try RedisAddress(url: settings.url))
    }

    /// Runs any command, each part a word of it: `command("OBJECT", "FREQ", "\(key)")`.
    ///
    /// - Returns: Its answer, which is never an error by itself.
    /// - Throws: `RedisError`, and `CancellationError`: a command that was not sent yet is taken back then.
    @discardableResult
    public func command(_ parts: RedisArgument...) async throws -> RedisValue {
        try await self.command(parts)
    }

    /// Runs any command, each part a word of it.
    ///
    /// - Returns: Its answer, which is never an error by itself.
    /// - Throws: `RedisError`, and `CancellationError`: a command that was not sent yet is taken back then.
    @discardableResult
    public func command(_ parts: [RedisArgument]) async throws -> RedisValue {
        try RedisCommand.check(parts)
        return try await self.core.run(RedisCommand(parts))
    }

    /// Runs commands with no other's between them, by MULTI and EXEC.
    ///
    /// - Returns: An answer each; what failed is an `error` among them, and the others have run all the same.
    /// - Throws: `RedisError`; with `refused` where one could not be understood, and then none has run.
    @discardableResult
    public func transaction(_ commands: [[RedisArgument]]) async throws -> [RedisValue] {
        for command in commands { try RedisCommand.check(command) }
        return try await self.core.run(RedisCommand(transaction: commands)).values(of: "EXEC")
    }

    /// Sends a command from where nothing can be awaited; it is encoded and queued before this returns.
    package func post(
        _ parts: [RedisArgument],
        _ completion: @escaping @Sendable (Result<RedisValue, any Error>) -> Void = { _ in }
    ) {
        let pending = self.core.pending(RedisCommand(parts))
        if pending.start(completion) { self.core.submit(pending) }
    }

    /// Closes the connections; what waits, and what is called afterwards, throws `RedisError.closed`.
    public func close() { self.core.close() }

    /// What all copies share.
    final class Core: Sendable {
        private let settings: RedisSettings
        private let loop: any EventLoop
        private let inbox: CommandInbox
        private let line: NIOLoopBoundBox<CommandLine>
        let subscriptions: Subscriptions

        init(_ settings: RedisSettings, _ address: RedisAddress) {
            let loop = MultiThreadedEventLoopGroup.singleton.next()
            let inbox = CommandInbox(settings)
            self.settings = settings
            self.loop = loop
            self.inbox = inbox
            self.line = .makeBoxSendingValue(
                CommandLine(RedisLink(address, settings, on: loop), inbox, settings),
                eventLoop: loop
            )
            self.subscriptions = Subscriptions(address, settings, on: loop)
        }

        deinit { self.close() }

        func close() {
            self.inbox.close()
            self.loop.execute { [line] in line.value.close() }
            self.subscriptions.close()
        }

        /// How many commands wait for their answers.
        var waitingCount: Int { self.inbox.count }

        func pending(_ command: RedisCommand) -> PendingCommand {
            PendingCommand(command, deadline: .now() + TimeAmount(self.settings.timeout))
        }

        func submit(_ pending: PendingCommand) {
            do throws(RedisError) {
                if try self.inbox.add(pending) { self.loop.execute { [line] in line.value.look() } }
            } catch {
                pending.fail(error)
            }
        }

        func run(_ command: RedisCommand) async throws -> RedisValue {
            let pending = self.pending(command)
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    if pending.start({ continuation.resume(with: $0) }) { self.submit(pending) }
                }
            } onCancel: {
                pending.finish(.failure(CancellationError()))
            }
        }
    }
}
#endif
