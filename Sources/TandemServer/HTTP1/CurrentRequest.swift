// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The request that an HTTP/1 connection is answering.
///
/// Never leaves its loop. A class because a dozen places look at it: copies of it were a tenth of what a request cost.
final class CurrentRequest {
    let method: Method
    let version: Version
    /// Whether the connection is used again afterwards.
    var keepsAlive: Bool
    /// Whether the client waits for leave to send the body (RFC 9110, section 10.1.1).
    var awaitsContinue: Bool
    /// What is still to come of the body; `nil` where it came with the head.
    var decoder: BodyDecoder?
    /// The task that answers; `nil` for what is answered at once.
    var exchange: Exchange?
    var observation: Observation?
    /// How the response's end is told, once its head is out.
    var framing = ResponseEncoder.Framing.none
    /// The response's status, once its head is out.
    var status = Status.ok
    /// The bytes sent of the response's body.
    var sent = 0
    /// Whether the response is out; what is left then is the rest of the request's body.
    var isAnswered = false
    /// The bytes of the request's body dropped since.
    var discarded = 0

    init(method: Method, version: Version, keepsAlive: Bool = false, awaitsContinue: Bool = false) {
        self.method = method
        self.version = version
        self.keepsAlive = keepsAlive
        self.awaitsContinue = awaitsContinue
    }

    /// Whether the unread rest of the body is worth reading so that the connection can be used again.
    var canSkipBody: Bool {
        guard let decoder = self.decoder, !decoder.isDone else { return true }
        if self.awaitsContinue { return false }
        return decoder.remaining.map { $0 <= HTTP1Connection.discardLimit } ?? true
    }
}
