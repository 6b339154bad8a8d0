// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Closes clients that join no namespace in time: one task looks after all of them.
final class ConnectTimeouts: Sendable {
    private struct Waiting: Sendable {
        weak let client: SocketIOClient?
    }

    private struct State {
        var wheel: DeadlineWheel<Waiting>
        var isSweeping = false
    }

    private let timeout: Int64
    private let granularity: Int64
    private let state: Mutex<State>

    init(_ timeout: Duration) {
        self.timeout = timeout.milliseconds
        self.granularity = min(max(self.timeout / 32, 5), 1000)
        self.state = Mutex(State(wheel: DeadlineWheel(granularity: self.granularity, now: EngineSessions.now)))
    }

    /// Has a client closed later, if it joins no namespace.
    func watch(_ client: SocketIOClient) {
        let starts = self.state.withLock { state in
            let now = EngineSessions.now
            state.wheel.insert(Waiting(client: client), at: now + self.timeout, now: now)
            defer { state.isSweeping = true }
            return !state.isSweeping
        }
        if starts { Task { await self.sweep() } }
    }

    private func sweep() async {
        while true {
            try? await Task.sleep(for: .milliseconds(self.granularity))
            let due: [Waiting]? = self.state.withLock { state in
                state.isSweeping = !state.wheel.isEmpty
                return state.isSweeping ? state.wheel.take(at: EngineSessions.now) : nil
            }
            guard let due else { return }
            for waiting in due {
                if let client = waiting.client, client.isIdle { client.session.close(.forcedServerClose) }
            }
        }
    }
}
