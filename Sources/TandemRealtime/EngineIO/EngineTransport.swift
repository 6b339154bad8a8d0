// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How packets go between a client and the server.
public enum EngineTransport: String, Sendable, Hashable, CaseIterable {
    /// Requests: one that waits for what the server has to say, and one for each thing that the client has to say.
    case polling
    /// A WebSocket.
    case websocket
}
