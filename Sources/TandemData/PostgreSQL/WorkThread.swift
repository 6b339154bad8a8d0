// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL

/// A thread of the operating system's, for what may block.
final class WorkThread: Sendable {
    private let body: @Sendable () -> Void

    private init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    /// Starts a thread that nobody waits for.
    ///
    /// - Throws: `DatabaseError` where the system has none left.
    static func start(_ body: @escaping @Sendable () -> Void) throws(DatabaseError) {
        let work = Unmanaged.passRetained(WorkThread(body))
        let result = tandem_pq_thread(
            { argument in
                guard let argument else { return nil }
                // The retain above is the new thread's.
                Unmanaged<WorkThread>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        if result != 0 {
            work.release()
            throw .lost(PostgreSQLError(message: "No thread could be started: error \(result)."))
        }
    }
}
#endif
