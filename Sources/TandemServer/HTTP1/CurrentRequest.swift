// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The request that an HTTP/1 connection is answering, if there is one.
///
/// A part of the connection, which reads and changes it in place: as an optional that is taken out to be looked at,
/// it was copied a dozen times a request.
struct CurrentRequest {
    /// How far it is.
    enum Stage {
        /// There is none.
        case none
        /// Its response is not out yet.
        case unanswered
        /// Its response is out; what is left is the rest of its body.
        case answered
    }

    var stage = Stage.none
    /// Whether only the head of a response is asked for.
    var isHead = false
    var version = Version.http1_1
    /// Whether the connection is used again afterwards.
    var keepsAlive = false
    /// Whether the client waits for leave to send the body (RFC 9110, section 10.1.1).
    var awaitsContinue = false
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
    /// The bytes of the request's body dropped since it was answered.
    var discarded = 0

    /// No request.
    init() {}

    init(_ head: borrowing RequestHead) {
        self.init(method: head.method)
        self.version = head.version
        self.keepsAlive = head.keepsAlive
        self.awaitsContinue = head.expectsContinue
    }

    /// One that could not be read, and is the last of its connection.
    init(method: Method) {
        self.stage = .unanswered
        self.isHead = method == .head
    }

    /// Whether the unread rest of the body is worth reading so that the connection can be used again.
    var canSkipBody: Bool {
        guard let decoder = self.decoder, !decoder.isDone else { return true }
        if self.awaitsContinue { return false }
        return decoder.remaining.map { $0 <= HTTP1Connection.discardLimit } ?? true
    }
}
