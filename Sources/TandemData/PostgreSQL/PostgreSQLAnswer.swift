// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization

/// An answer that one side waits for and another brings, in whichever order.
final class PostgreSQLAnswer: Sendable {
    private let state = Mutex(State())

    private struct State {
        var result: Result<PostgreSQLResult, DatabaseError>?
        var completion: PostgreSQLRequest.Completion?
    }

    /// What has been brought.
    var result: Result<PostgreSQLResult, DatabaseError>? { self.state.withLock { $0.result } }

    func bring(_ result: Result<PostgreSQLResult, DatabaseError>) {
        let completion = self.state.withLock { state in
            state.result = result
            return state.completion
        }
        completion?(result)
    }

    func wait() async throws(DatabaseError) -> PostgreSQLResult {
        let result: Result<PostgreSQLResult, DatabaseError> = await withCheckedContinuation { continuation in
            let result = self.state.withLock { state in
                state.completion = { continuation.resume(returning: $0) }
                return state.result
            }
            if let result { continuation.resume(returning: result) }
        }
        return try result.get()
    }
}
#endif
