// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The first of several results, for one that waits for it.
final class FirstResult<Success: Sendable>: Sendable {
    private enum State {
        case open
        case waiting(CheckedContinuation<Success, any Error>)
        case known(Result<Success, any Error>)
    }

    private let state = Mutex(State.open)

    /// The first, where there has been one.
    var result: Result<Success, any Error>? {
        self.state.withLock { if case .known(let result) = $0 { result } else { nil } }
    }

    /// Takes a result, unless there has been one.
    func offer(_ result: Result<Success, any Error>) {
        let waiting: CheckedContinuation<Success, any Error>? = self.state.withLock { state in
            switch state {
            case .known: return nil
            case .open:
                state = .known(result)
                return nil
            case .waiting(let continuation):
                state = .known(result)
                return continuation
            }
        }
        waiting?.resume(with: result)
    }

    /// Waits for the first; to be called once.
    func first() async throws -> Success {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<Success, any Error>? = self.state.withLock { state in
                if case .known(let result) = state { return result }
                state = .waiting(continuation)
                return nil
            }
            if let result { continuation.resume(with: result) }
        }
    }
}
