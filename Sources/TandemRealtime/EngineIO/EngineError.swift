// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Why a request is refused, by the codes of the reference implementation.
struct EngineError: Error, Equatable {
    let code: Int
    let message: String

    static let transportUnknown = EngineError(code: 0, message: "Transport unknown")
    static let sessionUnknown = EngineError(code: 1, message: "Session ID unknown")
    static let badHandshakeMethod = EngineError(code: 2, message: "Bad handshake method")
    static let badRequest = EngineError(code: 3, message: "Bad request")
    static let unsupportedVersion = EngineError(code: 5, message: "Unsupported protocol version")

    static func forbidden(_ message: String?) -> EngineError {
        EngineError(code: 4, message: message ?? "Forbidden")
    }
}
