// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import TandemHTTP

/// Keeps what a body writes.
final class CollectingSink: BodySink {
    private let state = Mutex<(writes: [Bytes], trailers: Headers)>(([], [:]))

    var writes: [Bytes] { self.state.withLock { $0.writes } }
    var trailers: Headers { self.state.withLock { $0.trailers } }
    var all: Bytes { self.writes.reduce(into: Bytes()) { $0.append($1) } }

    func write(_ bytes: Bytes) async throws { self.state.withLock { $0.writes.append(bytes) } }
    func setTrailers(_ trailers: Headers) async throws { self.state.withLock { $0.trailers = trailers } }
}
