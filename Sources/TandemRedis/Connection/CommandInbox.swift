// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore
import Synchronization

/// The commands that are not sent yet, and the count of all that wait for an answer: what callers of any thread share
/// with the event loop.
final class CommandInbox: Sendable {
    private let settings: RedisSettings
    private let state = Mutex(State())

    private struct State {
        var unsent = CircularBuffer<PendingCommand>()
        var count = 0
        var bytes = 0
        /// Whether the event loop is told, and has not looked yet.
        var isTold = false
        var isClosed = false

        mutating func release(_ command: PendingCommand) {
            self.count -= 1
            self.bytes -= command.size
        }
    }

    init(_ settings: RedisSettings) {
        self.settings = settings
    }

    /// Puts a command behind the others.
    ///
    /// - Returns: Whether the event loop is to be told.
    func add(_ command: PendingCommand) throws(RedisError) -> Bool {
        let result: Result<Bool, RedisError> = self.state.withLock { state in
            if state.isClosed { return .failure(.closed) }
            let isTooMuch = state.count > 0 && state.bytes + command.size > self.settings.pendingBytes
            if isTooMuch || state.count >= self.settings.pendingCommands { return .failure(.overloaded) }
            state.unsent.append(command)
            state.count += 1
            state.bytes += command.size
            defer { state.isTold = true }
            return .success(!state.isTold)
        }
        return try result.get()
    }

    /// The event loop looks now: what is added later tells it again.
    func look() { self.state.withLock { $0.isTold = false } }

    /// Takes all that are to be sent, in order.
    func take() -> [PendingCommand] {
        self.state.withLock { state in
            let (over, unsent) = state.unsent.reduce(into: ([PendingCommand](), [PendingCommand]())) { parts, command in
                if command.isOver { parts.0.append(command) } else { parts.1.append(command) }
            }
            for command in over { state.release(command) }
            state.unsent.removeAll(keepingCapacity: true)
            return unsent
        }
    }

    /// Takes those that were to be answered by now.
    func takeOverdue(at now: NIODeadline) -> [PendingCommand] {
        self.state.withLock { state in
            var overdue: [PendingCommand] = []
            while let first = state.unsent.first, first.deadline <= now {
                state.release(state.unsent.removeFirst())
                overdue.append(first)
            }
            return overdue
        }
    }

    /// When the first unsent one is due.
    var nextDeadline: NIODeadline? { self.state.withLock { $0.unsent.first?.deadline } }

    /// How many commands wait for an answer.
    var count: Int { self.state.withLock { $0.count } }

    /// A command that was taken has been answered, or never will be.
    func release(_ command: PendingCommand) { self.state.withLock { $0.release(command) } }

    /// Takes no more.
    func close() { self.state.withLock { $0.isClosed = true } }
}
#endif
