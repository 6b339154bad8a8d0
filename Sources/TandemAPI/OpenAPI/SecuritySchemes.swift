// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// The security schemes of a document, by names of which no two are the same.
struct SecuritySchemes {
    private var names: [SecurityScheme: String] = [:]
    private var unique = UniqueNames()
    /// What `components/securitySchemes` has.
    private(set) var json = JSONObject()

    /// What an operation has of its requirements.
    mutating func requirements(_ security: [SecurityRequirement]) -> JSON {
        .array(
            security.map { requirement in
                var object = JSONObject()
                for (scheme, scopes) in requirement.scopes.sorted(by: { $0.key.name < $1.key.name }) {
                    object[self.name(of: scheme)] = .array(scopes.map(JSON.string))
                }
                return .object(object)
            }
        )
    }

    private mutating func name(of scheme: SecurityScheme) -> String {
        if let name = self.names[scheme] { return name }
        let name = self.unique.take(scheme.name)
        self.names[scheme] = name
        var keywords = scheme.keywords
        if let description = scheme.description { keywords["description"] = .string(description) }
        self.json[name] = .object(keywords)
        return name
    }
}
