// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// Who answers, by a token: that of the help desk is the name itself.
struct Agent: Dependency {
    let name: String

    static func resolve(for call: Call) async throws -> Agent {
        let field = call.request.headers["authorization"] ?? ""
        let words = field.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer", Self.names.contains(String(words[1])) else {
            throw HTTPError(
                .unauthorized,
                "Say which agent you are: `authorization: Bearer ada`.",
                headers: ["www-authenticate": "Bearer"]
            )
        }
        return Agent(name: String(words[1]))
    }

    static let names: Set = ["ada", "grace"]

    static func describe(in operation: inout Operation) {
        operation.require(.bearer())
    }
}
