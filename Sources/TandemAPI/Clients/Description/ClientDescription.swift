// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What a client can call, read from an OpenAPI document once for all languages.
struct ClientDescription {
    var title: String
    var version: String
    var summary: String?
    /// The types that calls and answers need, in the order of the document.
    var types: [TypeDeclaration] = []
    /// The names of types that only the server writes.
    var received: Set<String> = []
    /// The names of types that are the body of a PATCH, in which what is missing and what is `null` differ.
    var patches: Set<String> = []
    /// The operations of no group.
    var operations: [ClientOperation] = []
    /// The groups, in the order in which the document names them first.
    var groups: [ClientGroup] = []
    /// The ways to say who is calling, beside a bearer token.
    var credentials: [ClientCredential] = []

    /// All operations.
    var allOperations: [ClientOperation] { self.operations + self.groups.flatMap(\.operations) }

    /// The codes of all documented errors.
    var codes: [String] { Set(self.allOperations.flatMap { $0.problems.map(\.code) }).sorted() }
}

/// Operations that belong together.
struct ClientGroup {
    var name: String
    var summary: String?
    var operations: [ClientOperation] = []
}

/// One thing that can be called.
struct ClientOperation {
    var name: String
    /// In capital letters.
    var method: String
    var path: [PathPart]
    var summary: String?
    var isDeprecated: Bool
    var parameters: [ClientParameter]
    var body: ClientBody?
    var result: ClientResult
    var problems: [ClientProblem]

    /// The errors that this operation has and most others have not.
    var ownProblems: [ClientProblem] {
        let common: Set = [
            "content-too-large", "invalid-request", "malformed-json", "no-such-route", "unsupported-media-type",
        ]
        return self.problems.filter { !common.contains($0.code) }
    }

    /// A part of a path.
    enum PathPart: Hashable {
        case text(String)
        /// The value of the parameter of that name.
        case parameter(String)
    }
}

/// A value of the path, the query, a field or a cookie.
struct ClientParameter {
    enum Place: String {
        case path, query, header, cookie
    }

    var place: Place
    var property: PropertyShape

    var name: String { self.property.name }
}

/// What a call sends.
struct ClientBody {
    enum Form {
        case json(TypeShape)
        /// A form with files.
        case multipart(ObjectShape)
        case text
        /// Bytes of a media type.
        case bytes(String)
    }

    var form: Form
    var isRequired: Bool
}

/// What a call answers where all goes well.
enum ClientResult {
    case nothing
    case json(TypeShape)
    case text
    case bytes
    /// Server-sent events; their data is text where nothing is said of it.
    case events(TypeShape?)
    /// A JSON text a line.
    case lines(TypeShape)
}

/// An error that a call is documented with.
struct ClientProblem: Hashable {
    var code: String
    var detail: String
}

/// A way to say who is calling.
struct ClientCredential {
    enum Kind {
        case basic
        /// A value in the query, a header field or a cookie.
        case key(name: String, place: ClientParameter.Place)
    }

    var name: String
    var kind: Kind
    var summary: String?
}
