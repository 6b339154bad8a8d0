// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// How the body of a request is written, by its media type (RFC 9110, section 8.3).
enum BodyEncoding: Equatable {
    case json
    case urlEncoded
    case multipart
    /// Any other, by its name.
    case other(String)

    /// What the fields of a request say; a body that says nothing is taken for JSON.
    init(_ headers: Headers) {
        // Most say so, which takes no string to see.
        guard !headers.has("content-type", "application/json"), let type = headers["content-type"] else {
            self = .json
            return
        }
        let name = type.prefix { $0 != ";" }.trimmingSpaces().lowercased()
        switch name {
        case "application/json": self = .json
        case "application/x-www-form-urlencoded": self = .urlEncoded
        case "multipart/form-data": self = .multipart
        default: self = name.hasSuffix("+json") ? .json : .other(name)
        }
    }

    /// The name of the media type.
    var name: String {
        switch self {
        case .json: "application/json"
        case .urlEncoded: "application/x-www-form-urlencoded"
        case .multipart: "multipart/form-data"
        case .other(let name): name
        }
    }

    /// Those in which a value can come that has fields.
    static let forms: [BodyEncoding] = [.json, .urlEncoded, .multipart]
}

extension HTTPError {
    /// A body that is written in another way than those that are read: 415.
    static func unsupported(_ encoding: BodyEncoding, accepted: [BodyEncoding]) -> HTTPError {
        let names = accepted.map(\.name)
        let choice =
            names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " + names[names.count - 1] : names[0]
        return HTTPError(
            .unsupportedMediaType,
            "The body must be \(choice), not \(encoding.name).",
            headers: ["accept": names.joined(separator: ", ")]
        )
    }
}
