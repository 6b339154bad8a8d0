// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A request that waits for packets.
struct WaitingPoll: Sendable {
    let number: UInt32
    let continuation: CheckedContinuation<PollOutcome, Never>
}

/// What becomes of a request for packets.
enum PollOutcome: Sendable, Equatable {
    case packets([EnginePacket])
    /// Another waited already; the session has ended.
    case overlap
    /// The session has ended, or the client has.
    case gone
}

extension EngineSession {
    /// What a request for packets is answered with; `nil` where it has to wait.
    func pollImmediately() -> PollOutcome? {
        self.update { state, effects in state.poll(&effects) }
    }

    /// Waits for packets.
    func poll() async -> PollOutcome {
        if let outcome = self.pollImmediately() { return outcome }
        let number = self.update { state, _ in state.nextAttempt() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome: PollOutcome? = self.update { state, effects in
                    if let outcome = state.poll(&effects) { return outcome }
                    state.wait(WaitingPoll(number: number, continuation: continuation))
                    // Who cancelled before this saw nobody waiting.
                    if Task.isCancelled { state.cancelPoll(number, &effects) }
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            self.update { state, effects in state.cancelPoll(number, &effects) }
        }
    }

    /// Takes a packet of the client; `false` where it was the last.
    func take(_ packet: EnginePacket) async -> Bool {
        switch packet {
        case .message(let message):
            guard let receiver = self.update({ state, _ in state.receiver { EngineSessions.now } }) else {
                return false
            }
            await receiver.receive(message)
        case .pong:
            let now = EngineSessions.now
            self.update { state, _ in state.pong(at: now) }
        case .ping:
            // It is the server that asks.
            self.fail(.transportError)
            return false
        case .close:
            self.update { state, effects in state.end(.transportClose, last: .noop, &effects) }
            return false
        case .open, .upgrade, .noop: break
        }
        return true
    }
}
