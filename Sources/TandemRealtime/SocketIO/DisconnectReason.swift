// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Why a socket is no longer connected, in the words of Socket.IO.
public enum DisconnectReason: String, Sendable {
    /// The server disconnected it.
    case serverNamespaceDisconnect = "server namespace disconnect"
    /// The client disconnected itself.
    case clientNamespaceDisconnect = "client namespace disconnect"
    /// The server is shutting down.
    case serverShuttingDown = "server shutting down"
    /// The client did not answer a ping in time.
    case pingTimeout = "ping timeout"
    /// The connection was closed.
    case transportClose = "transport close"
    /// The connection failed.
    case transportError = "transport error"
    /// The client sent what is no packet.
    case parseError = "parse error"
    /// The connection was closed from here.
    case forcedClose = "forced close"
    /// The client joined no namespace in time, or sent what its state does not allow.
    case forcedServerClose = "forced server close"
}
