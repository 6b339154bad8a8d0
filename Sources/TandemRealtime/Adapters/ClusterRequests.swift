// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What other servers were asked and have not answered yet.
final class ClusterRequests: Sendable {
    private let state = Mutex(State())

    /// Whose answers are waited for.
    enum Expected: Sendable {
        case count(Int)
        case servers(Set<String>)

        var isEmpty: Bool {
            switch self {
            case .count(let count): count <= 0
            case .servers(let servers): servers.isEmpty
            }
        }
    }

    private struct State {
        var requests: [String: Request] = [:]
        var acknowledgements: [String: Acknowledgements] = [:]
    }

    private struct Request {
        var expected: Expected
        var answers: [ClusterValue] = []
        let continuation: CheckedContinuation<(answers: [ClusterValue], isWhole: Bool), Never>
    }

    /// Whom to tell of the answers of other servers' clients.
    struct Acknowledgements: Sendable {
        let clientCount: @Sendable (Int) -> Void
        let acknowledgement: @Sendable (SocketIOPayload) -> Void
    }

    /// Sends a request, and collects the answers until all are there, or the time is over, or the task is cancelled.
    func answers(
        to id: String,
        from expected: Expected,
        timeout: Duration,
        send: () -> Void
    ) async -> (answers: [ClusterValue], isWhole: Bool) {
        if expected.isEmpty { return ([], true) }
        let timer = Task {
            try? await Task.sleep(for: timeout)
            self.end(id, isWhole: false)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.state.withLock { $0.requests[id] = Request(expected: expected, continuation: continuation) }
                send()
                if Task.isCancelled { self.end(id, isWhole: false) }
            }
        } onCancel: {
            self.end(id, isWhole: false)
        }
    }

    /// A server has answered.
    func answer(_ id: String, _ value: ClusterValue, from server: String?) {
        let isWhole = self.state.withLock { state in
            guard var request = state.requests[id] else { return false }
            request.answers.append(value)
            switch request.expected {
            case .count(let count): request.expected = .count(count - 1)
            case .servers(var servers):
                if let server { servers.remove(server) }
                request.expected = .servers(servers)
            }
            state.requests[id] = request
            return request.expected.isEmpty
        }
        if isWhole { self.end(id, isWhole: true) }
    }

    /// A server is gone, and will not answer.
    func forget(server: String) {
        let whole = self.state.withLock { state in
            for (id, request) in state.requests {
                guard case .servers(var servers) = request.expected, servers.remove(server) != nil else { continue }
                state.requests[id]?.expected = .servers(servers)
            }
            return state.requests.filter { $0.value.expected.isEmpty }.map(\.key)
        }
        for id in whole { self.end(id, isWhole: true) }
    }

    private func end(_ id: String, isWhole: Bool) {
        guard let request = self.state.withLock({ $0.requests.removeValue(forKey: id) }) else { return }
        request.continuation.resume(returning: (request.answers, isWhole))
    }

    // MARK: - Acknowledgements of clients

    /// Tells of the answers of clients for a time.
    func expect(_ id: String, for timeout: Duration, _ acknowledgements: Acknowledgements) {
        self.state.withLock { $0.acknowledgements[id] = acknowledgements }
        Task {
            try? await Task.sleep(for: timeout)
            _ = self.state.withLock { $0.acknowledgements.removeValue(forKey: id) }
        }
    }

    func countClients(_ id: String, _ count: Int) {
        self.state.withLock { $0.acknowledgements[id] }?.clientCount(count)
    }

    func acknowledge(_ id: String, _ value: ClusterValue) {
        self.state.withLock { $0.acknowledgements[id] }?.acknowledgement(ClusterValue.array([value]).payload)
    }
}

/// Other servers did not answer in time.
public struct ClusterTimeoutError: Error, Sendable, Equatable, CustomStringConvertible {
    /// How many did.
    public let responses: Int

    /// What happened.
    public var description: String { "timeout reached: \(self.responses) servers had answered" }
}
