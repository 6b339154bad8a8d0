// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

extension EngineSession {
    /// Reads the packets of the WebSocket that the session is on, until one of the two ends.
    func read(_ socket: WebSocket) async {
        var messages = socket.messages.makeAsyncIterator()
        do throws(WebSocketError) {
            while let message = try await messages.next() {
                guard let packet = EnginePacket(message) else { return self.fail(.parseError) }
                guard await self.take(packet) else { return }
            }
            self.fail(.transportClose)
        } catch {
            self.fail(error.isOfTheProtocol ? .transportError : .transportClose)
        }
    }

    /// Has a client move to a WebSocket, and reads that; until then it stays on polling.
    func upgrade(to socket: WebSocket) async {
        let deadline = EngineSessions.now + self.sessions.upgradeTimeout
        let attempt = self.update { state, _ in state.beginUpgrade(to: socket, until: deadline) }
        guard let attempt else { return socket.close() }
        if await self.isUpgraded(by: attempt, reading: socket) {
            await self.read(socket)
        } else {
            self.update { state, _ in state.cancelUpgrade(attempt) }
            socket.close()
        }
    }

    /// Whether the client has tried the WebSocket and takes it.
    private func isUpgraded(by attempt: UInt32, reading socket: WebSocket) async -> Bool {
        var messages = socket.messages.makeAsyncIterator()
        while let message = try? await messages.next() {
            switch EnginePacket(message) {
            case .ping("probe"):
                socket.post([EnginePacket.pong("probe").onWebSocket])
                self.update { state, effects in state.probed(attempt, &effects) }
            case .upgrade:
                let now = EngineSessions.now
                return self.update { state, effects in state.completeUpgrade(attempt, at: now, &effects) }
            default: return false
            }
        }
        return false
    }
}

extension WebSocketError {
    /// Whether one side said what the other does not take, rather than just went.
    fileprivate var isOfTheProtocol: Bool {
        switch self.code {
        case .protocolError, .unsupportedData, .invalidPayload, .messageTooBig, .internalError, .tryAgainLater: true
        default: false
        }
    }
}
