// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The acknowledgements of many clients, until all that are expected are there.
final class AnswerCollection: Sendable {
    private struct State {
        var answers: [SocketIOPayload] = []
        var expectedClients = 0
        var countedServers = 0
        var expectedServers: Int?
        var result: Result<[SocketIOPayload], any Error>?
        var waiting: CheckedContinuation<[SocketIOPayload], any Error>?
    }

    private let state = Mutex(State())

    /// Sends an event, and waits for the answers.
    static func collect(
        _ packet: SocketIOPacket,
        _ adapter: any SocketIOAdapter,
        _ options: BroadcastOptions
    ) async throws -> [SocketIOPayload] {
        let collection = AnswerCollection()
        let timeout = options.flags.timeout ?? BroadcastOperator.defaultTimeout
        var options = options
        options.flags.timeout = timeout
        let servers = options.flags.isLocal ? 1 : try await adapter.serverCount()
        let timer = Task {
            try await Task.sleep(for: timeout)
            collection.timeOut()
        }
        defer { timer.cancel() }
        collection.update { $0.expectedServers = servers }
        adapter.broadcastWithAck(
            packet,
            options,
            clientCount: { count in
                collection.update { state in
                    state.expectedClients += count
                    state.countedServers += 1
                }
            },
            acknowledgement: { answer in collection.update { $0.answers.append(answer) } }
        )
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { collection.wait($0) }
        } onCancel: {
            collection.finish(.failure(CancellationError()))
        }
    }

    private func wait(_ continuation: CheckedContinuation<[SocketIOPayload], any Error>) {
        let result = self.state.withLock { state in
            if state.result == nil { state.waiting = continuation }
            return state.result
        }
        if let result { continuation.resume(with: result) }
    }

    private func update(_ change: (inout State) -> Void) {
        let answers: [SocketIOPayload]? = self.state.withLock { state in
            change(&state)
            let isWhole = state.countedServers == state.expectedServers && state.answers.count == state.expectedClients
            return isWhole ? state.answers : nil
        }
        if let answers { self.finish(.success(answers)) }
    }

    private func timeOut() {
        self.finish(.failure(BroadcastTimeoutError(responses: self.state.withLock { $0.answers })))
    }

    private func finish(_ result: Result<[SocketIOPayload], any Error>) {
        let waiting = self.state.withLock { state in
            guard state.result == nil else { return nil as CheckedContinuation<[SocketIOPayload], any Error>? }
            state.result = result
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(with: result)
    }
}
