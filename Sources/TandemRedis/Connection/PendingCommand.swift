// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore
import Synchronization

/// A command from its submission to its answer; its caller is told once.
final class PendingCommand: Sendable {
    typealias Completion = @Sendable (Result<RedisValue, any Error>) -> Void

    let command: RedisCommand
    let deadline: NIODeadline
    private let state = Mutex(State.unstarted)

    private enum State {
        case unstarted
        case waiting(Completion)
        case over
    }

    init(_ command: RedisCommand, deadline: NIODeadline) {
        self.command = command
        self.deadline = deadline
    }

    var size: Int { self.command.buffer.readableBytes }

    /// Whether nobody waits any more, so that it need not be sent.
    var isOver: Bool {
        self.state.withLock { if case .over = $0 { true } else { false } }
    }

    /// Says whom to tell.
    ///
    /// - Returns: Whether it is still to be sent; where it was cancelled before, the caller has been told so.
    func start(_ completion: @escaping Completion) -> Bool {
        let isCancelled = self.state.withLock { state in
            if case .over = state { return true }
            state = .waiting(completion)
            return false
        }
        if isCancelled { completion(.failure(CancellationError())) }
        return !isCancelled
    }

    /// Tells the caller, unless it was told before.
    func finish(_ result: Result<RedisValue, any Error>) {
        let completion: Completion? = self.state.withLock { state in
            defer { state = .over }
            if case .waiting(let completion) = state { return completion }
            return nil
        }
        completion?(result)
    }

    func fail(_ error: RedisError) { self.finish(.failure(error)) }
}
#endif
