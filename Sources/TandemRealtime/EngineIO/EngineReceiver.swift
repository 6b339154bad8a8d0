// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What the layer above does with a session's events; the session keeps it until it has told the end.
package protocol EngineReceiver: Sendable {
    /// Takes a message of the client.
    ///
    /// Called one at a time and in order, in the task that reads the transport, mostly on its event loop: nothing more
    /// is read of this client before it returns. So it must not wait for something that the client has yet to send.
    func receive(_ message: EngineMessage) async

    /// Is told the end: once, after which nothing is sent any more; a `receive` may still be under way.
    func closed(_ reason: DisconnectReason)
}
