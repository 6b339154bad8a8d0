// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Changes that wait to be read by one task; when they are too many they become one, `several`.
final class ChangeQueue<M: Model>: Sendable {
    private let limit: Int
    private let state = Mutex(State())

    private struct State {
        var waiting: [ModelChange<M>] = []
        var hasEnded = false
        var reader: CheckedContinuation<ModelChange<M>?, Never>?
    }

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    func add(_ change: ModelChange<M>) {
        let reader: CheckedContinuation<ModelChange<M>?, Never>? = self.state.withLock { state in
            guard !state.hasEnded else { return nil }
            if let reader = state.reader.take() { return reader }
            if state.waiting.count < self.limit {
                state.waiting.append(change)
            } else {
                state.waiting = [.several]
            }
            return nil
        }
        reader?.resume(returning: change)
    }

    /// Ends it: what waits can still be read.
    func end() {
        let reader = self.state.withLock { state in
            state.hasEnded = true
            return state.reader.take()
        }
        reader?.resume(returning: nil)
    }

    /// The next change; `nil` at the end, and once the task is cancelled.
    func next() async -> ModelChange<M>? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: ModelChange<M>?? = self.state.withLock { state in
                    if !state.waiting.isEmpty { return .some(state.waiting.removeFirst()) }
                    if state.hasEnded { return .some(nil) }
                    state.reader = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            self.end()
        }
    }
}
