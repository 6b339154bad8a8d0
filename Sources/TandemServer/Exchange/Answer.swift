// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// A response on its way to a client.
struct Answer: Sendable {
    var response: Response
    /// The request's method, which says whether there is a body.
    let method: Method
    /// What is noted of the request; ended once the answer is sent or cannot be.
    let observation: Observation?
    /// Why the response is an error, for the log.
    var error: (any Error)?
    /// Whether the connection can carry no further request.
    var closes = false

    /// Whether the body is left out.
    var omitsBody: Bool { self.method == .head || self.response.status.forbidsBody }

    /// Has a handler answer; an error becomes a response too.
    static func of(_ handler: any Handler, to request: Request, observation: Observation?) async -> Answer {
        do {
            let response = try await observation.inContext {
                try await handler.respond(to: request)
            }
            return Answer(response: response, method: request.method, observation: observation)
        } catch {
            return Answer(error, method: request.method, observation: observation)
        }
    }

    /// The answer of a handler; an interim status, which would leave the client waiting, is the handler's fault.
    init(response: Response, method: Method, observation: Observation?) {
        let interim = response.status.code < 200 ? InterimStatusError(status: response.status) : nil
        self.response = interim == nil ? response : HTTPError(.internalServerError).response
        self.method = method
        self.observation = observation
        self.error = interim
    }

    /// The answer to a request that failed: an `HTTPError` says its status, of any other error the client learns
    /// nothing.
    init(_ error: any Error, method: Method, observation: Observation?) {
        self.response = HTTPError(answering: error).response
        self.method = method
        self.observation = observation
        self.error = error
    }
}

/// A handler answered with a status that only precedes an answer (RFC 9110, section 15.2).
struct InterimStatusError: Error, CustomStringConvertible {
    let status: Status

    var description: String {
        "A handler answered \(self.status), which is no final status; the client was answered 500."
    }
}
