// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Lends things that one at a time can use; the one that came back last goes out first, while it is warm.
///
/// What is needed and not there is made, up to a limit; past it those who want one wait in line.
final class LendingPool<Resource: Sendable>: Sendable {
    private let limit: Int
    private let timeout: Duration
    private let make: @Sendable () async throws -> Resource
    private let state = Mutex(State())

    private struct State {
        var free: [Resource] = []
        /// Those that are free, lent or being made.
        var count = 0
        /// Who waits; nil tells one to try again.
        var line = WaitingLine<CheckedContinuation<Resource?, any Error>>()
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []

        enum Step {
            case free(Resource)
            case make
            case wait(ticket: Int)
        }

        mutating func next(limit: Int) throws(DatabaseError) -> Step {
            guard !self.isClosed else { throw .closed("database") }
            if let resource = self.free.popLast() { return .free(resource) }
            guard self.count < limit else { return .wait(ticket: self.line.draw()) }
            self.count += 1
            return .make
        }

        /// One less; those to tell that none is left.
        mutating func drop() -> [CheckedContinuation<Void, Never>] {
            self.count -= 1
            guard self.isClosed, self.count == 0 else { return [] }
            defer { self.closers = [] }
            return self.closers
        }
    }

    init(limit: Int, timeout: Duration, make: @escaping @Sendable () async throws -> Resource) {
        self.limit = max(1, limit)
        self.timeout = timeout
        self.make = make
    }

    /// How many wait.
    var waitingCount: Int { self.state.withLock { $0.line.count } }

    /// How many there are, lent or not.
    var count: Int { self.state.withLock { $0.count } }

    /// One that is free now.
    func takeFree() -> Resource? { self.state.withLock { $0.free.popLast() } }

    /// One that is free, or comes free in time.
    ///
    /// - Throws: `DatabaseError` with `poolExhausted` or `closed`, `CancellationError`, what making one throws.
    func take() async throws -> Resource {
        while true {
            switch try self.state.withLock({ state throws(DatabaseError) in try state.next(limit: self.limit) }) {
            case .free(let resource): return resource
            case .make:
                do { return try await self.make() } catch {
                    self.discard()
                    throw error
                }
            case .wait(let ticket):
                if let resource = try await self.wait(ticket) { return resource }
            }
        }
    }

    private func wait(_ ticket: Int) async throws -> Resource? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.join(continuation, ticket)
                // Who was cancelled before it stood in the line has not been found there.
                if Task.isCancelled { self.cancel(ticket) }
            }
        } onCancel: {
            self.cancel(ticket)
        }
    }

    private func join(_ continuation: CheckedContinuation<Resource?, any Error>, _ ticket: Int) {
        let deadline = ContinuousClock.now + self.timeout
        let (answer, isFirst) = self.state.withLock { state -> (Result<Resource?, any Error>?, Bool) in
            if state.isClosed { return (.failure(DatabaseError.closed("database")), false) }
            // One may have come back since the ticket was drawn.
            if let resource = state.free.popLast() { return (.success(resource), false) }
            if state.count < self.limit { return (.success(nil), false) }
            return (nil, state.line.join(continuation, ticket: ticket, until: deadline))
        }
        if let answer { continuation.resume(with: answer) }
        if isFirst { self.sweep(after: self.timeout) }
    }

    private func cancel(_ ticket: Int) {
        self.state.withLock { $0.line.leave(ticket) }?.resume(throwing: CancellationError())
    }

    /// Sends away those whose time is over, once it is.
    private func sweep(after pause: Duration) {
        DispatchQueue.global().asyncAfter(deadline: .now() + pause.seconds) { [weak self] in
            guard let self else { return }
            let now = ContinuousClock.now
            let (expired, next) = self.state.withLock { $0.line.expire(at: now) }
            for waiter in expired { waiter.resume(throwing: DatabaseError.waitedTooLong) }
            if let next { self.sweep(after: next - now) }
        }
    }

    /// Takes back what was lent.
    func give(_ resource: Resource) {
        let (waiter, closers) = self.state.withLock { state in
            if state.isClosed { return (nil as CheckedContinuation<Resource?, any Error>?, state.drop()) }
            guard let waiter = state.line.next() else {
                state.free.append(resource)
                return (nil, [])
            }
            return (waiter, [])
        }
        waiter?.resume(returning: resource)
        for closer in closers { closer.resume() }
    }

    /// Gives up one that was lent, because it does not work any more.
    func discard() {
        let (waiter, closers) = self.state.withLock { state in
            let closers = state.drop()
            return (state.line.next(), closers)
        }
        waiter?.resume(returning: nil)
        for closer in closers { closer.resume() }
    }

    /// Lends no more, and waits until all have come back.
    func close() async {
        let (waiters, free) = self.state.withLock { state in
            state.isClosed = true
            defer { state.free = [] }
            state.count -= state.free.count
            return (state.line.removeAll(), state.free)
        }
        for waiter in waiters { waiter.resume(throwing: DatabaseError.closed("database")) }
        // Outside the lock, where ending one may take its time.
        _ = consume free
        await withCheckedContinuation { continuation in
            let isDone = self.state.withLock { state in
                if state.count > 0 { state.closers.append(continuation) }
                return state.count == 0
            }
            if isDone { continuation.resume() }
        }
    }
}

extension Duration {
    /// As a fraction of seconds.
    var seconds: Double {
        Double(self.components.seconds) + Double(self.components.attoseconds) / 1e18
    }
}
