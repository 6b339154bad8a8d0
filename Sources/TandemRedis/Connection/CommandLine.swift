// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore

/// The commands of all callers over one connection, in the order of their submission.
///
/// Belongs to one event loop.
final class CommandLine: RedisLinkUser {
    private let link: RedisLink
    private let inbox: CommandInbox
    private let settings: RedisSettings
    private var inFlight = CircularBuffer<(command: PendingCommand, preceding: Int)>()
    private var lastError: RedisError?
    private var isTimed = false

    init(_ link: RedisLink, _ inbox: CommandInbox, _ settings: RedisSettings) {
        self.link = link
        self.inbox = inbox
        self.settings = settings
        link.user = self
    }

    /// Sends what has come in since the last time, in one write.
    func look() {
        self.inbox.look()
        if self.link.isOpen { self.send() } else { self.link.open() }
        self.time()
    }

    func close() {
        self.inbox.close()
        self.link.close()
        self.failAll(.closed, unsent: true)
    }

    func linkOpened() {
        self.lastError = nil
        self.send()
    }

    func linkIsSilent() {
        let ping = PendingCommand(RedisCommand(["PING"]), deadline: .now() + TimeAmount(self.settings.timeout))
        guard ping.start({ _ in }), (try? self.inbox.add(ping)) != nil else { return }
        self.look()
    }

    func received(_ value: RedisValue) {
        guard let first = self.inFlight.first else { return self.link.fail(.malformed("an answer to no command")) }
        if first.preceding > 0 {
            self.inFlight[self.inFlight.startIndex].preceding -= 1
            return
        }
        self.inFlight.removeFirst()
        self.inbox.release(first.command)
        if case .error(let text) = value {
            first.command.fail(.refused(text))
        } else {
            first.command.finish(.success(value))
        }
    }

    func linkClosed(_ error: RedisError) -> Bool {
        self.lastError = error
        // Who is not let in now will not be let in within a time-out; who cannot connect may be.
        if case .refused = error { self.failAll(error, unsent: true) } else { self.failAll(error, unsent: false) }
        return true
    }

    private func send() {
        let commands = self.inbox.take()
        if commands.isEmpty { return }
        var buffer = commands[0].command.buffer
        buffer.reserveCapacity(commands.reduce(0) { $0 + $1.size })
        for command in commands.dropFirst() { buffer.writeImmutableBuffer(command.command.buffer) }
        for command in commands { self.inFlight.append((command, command.command.precedingReplies)) }
        self.link.write(buffer)
    }

    private func failAll(_ error: RedisError, unsent: Bool) {
        let now = NIODeadline.now()
        let sent = self.inFlight
        self.inFlight.removeAll()
        for (command, _) in sent {
            self.inbox.release(command)
            command.fail(command.deadline <= now ? .timedOut : error)
        }
        guard unsent else { return }
        for command in self.inbox.take() {
            self.inbox.release(command)
            command.fail(error)
        }
    }

    // MARK: - Time-outs

    /// Looks again when the first command is due.
    private func time() {
        if self.isTimed { return }
        // All have the same time, so the first is due first.
        guard let next = [self.inFlight.first?.command.deadline, self.inbox.nextDeadline].compactMap(\.self).min()
        else { return }
        self.isTimed = true
        let me = NIOLoopBound(self, eventLoop: self.link.loop)
        self.link.loop.scheduleTask(deadline: next) {
            me.value.isTimed = false
            me.value.endOverdue()
            me.value.time()
        }
    }

    private func endOverdue() {
        let now = NIODeadline.now()
        for command in self.inbox.takeOverdue(at: now) { command.fail(self.lastError ?? .timedOut) }
        guard let first = self.inFlight.first?.command, first.deadline <= now else { return }
        self.link.fail(.disconnected("Redis left a command unanswered for \(self.settings.timeout)."))
    }
}
#endif
