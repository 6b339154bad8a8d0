// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemHTTP

/// A body that arrives in given runs of bytes, and then ends or fails.
final class Runs: BodySource {
    private let runs: Mutex<ArraySlice<Bytes>>
    private let error: HTTPError?

    init(_ runs: [Bytes], failing error: HTTPError? = nil) {
        self.runs = Mutex(runs[...])
        self.error = error
    }

    /// The number of runs that nobody has asked for.
    var left: Int { self.runs.withLock(\.count) }

    func next() async throws -> Bytes? {
        let run = self.runs.withLock { $0.popFirst() }
        if run == nil, let error { throw error }
        await Task.yield()
        return run
    }

    var trailers: Headers { [:] }
}
