// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import TandemRealtime

/// What a server's sessions did.
final class SessionLog: Sendable {
    private let state = Mutex((sessions: [EngineSession](), messages: [EngineMessage]()))
    private let ends: AsyncStream<DisconnectReason>
    private let continuation: AsyncStream<DisconnectReason>.Continuation

    init() {
        (self.ends, self.continuation) = AsyncStream.makeStream()
    }

    var sessions: [EngineSession] { self.state.withLock { $0.sessions } }
    var messages: [EngineMessage] { self.state.withLock { $0.messages } }

    func opened(_ session: EngineSession) { self.state.withLock { $0.sessions.append(session) } }
    func received(_ message: EngineMessage) { self.state.withLock { $0.messages.append(message) } }
    func closed(_ reason: DisconnectReason) { self.continuation.yield(reason) }

    /// Waits for the end of a session, one that was not waited for yet.
    func nextEnd() async -> DisconnectReason? {
        var ends = self.ends.makeAsyncIterator()
        return await ends.next()
    }
}
