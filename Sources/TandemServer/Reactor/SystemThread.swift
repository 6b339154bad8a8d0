// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc

/// A thread of the operating system's.
enum SystemThread {
    /// Starts a thread that nobody waits for.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) throws {
        let work = Unmanaged.passRetained(Work(name: name, body: body))
        var thread = pthread_t()
        // The retain above is the new thread's, which takes it; where there is no thread, it is taken back.
        let result = pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument else { return nil }
                let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
                tandem_name_thread(String(work.name.prefix(15)))
                work.body()
                return nil
            },
            work.toOpaque()
        )
        guard result == 0 else {
            work.release()
            throw ServerError("Cannot start the thread \(name): error \(result). Is the limit of threads reached?")
        }
        pthread_detach(thread)
    }

    private final class Work: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }
}
#endif
