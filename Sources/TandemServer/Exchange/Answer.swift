// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// A response on its way to a client.
struct Answer: Sendable {
    let response: Response
    /// Why the response is an error, for the log.
    let error: (any Error)?

    /// Has a handler answer; an error becomes a response too.
    static func of(_ handler: any Handler, to request: Request, observation: Observation?) async -> Answer {
        do {
            let response = try await observation.inContext {
                try await handler.respond(to: request)
            }
            return Answer(response)
        } catch {
            return Answer(error)
        }
    }

    /// The answer of a handler; an interim status, which would leave the client waiting, is the handler's fault.
    init(_ response: Response) {
        if response.status.code < 200, !response.isUpgrade {
            self = Answer(InterimStatusError(status: response.status))
        } else {
            self.response = response
            self.error = nil
        }
    }

    /// The answer to a request that failed: an `HTTPError` says its status, of any other error the client learns
    /// nothing.
    init(_ error: any Error) {
        self.response = HTTPError(answering: error).response
        self.error = error
    }
}

extension Answer {
    /// The same where a connection can become a WebSocket; elsewhere the handler's fault.
    var withoutUpgrade: Answer {
        self.response.isUpgrade ? Answer(InterimStatusError(status: self.response.status)) : self
    }
}

extension Response {
    fileprivate var isUpgrade: Bool {
        if case .webSocket = self.body { true } else { false }
    }
}

/// What of an answer takes a task, once its head is out.
enum Production {
    /// A body that is written bit by bit.
    case stream(BodyStream)
    /// The messages of a WebSocket.
    case webSocket(WebSocketSession)
}

/// A handler answered with a status that only precedes an answer (RFC 9110, section 15.2).
struct InterimStatusError: Error, CustomStringConvertible {
    let status: Status

    var description: String {
        "A handler answered \(self.status), which is no final status; the client was answered 500."
    }
}
