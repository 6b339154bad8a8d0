// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Why a request reaches no route.
extension HTTPError {
    static var noSuchRoute: HTTPError {
        HTTPError(
            .notFound,
            "Nothing is found at this path. A slash at its end counts, and so does the case of letters.",
            code: "no-such-route"
        )
    }

    static func methodNotAllowed(allow: String) -> HTTPError {
        HTTPError(.methodNotAllowed, "This path takes \(allow).", headers: ["allow": allow])
    }

    static var malformedPath: HTTPError {
        HTTPError(
            .badRequest,
            "The path is not percent-encoded UTF-8: write two hexadecimal digits behind each %, and % itself as %25.",
            code: "malformed-path"
        )
    }
}
