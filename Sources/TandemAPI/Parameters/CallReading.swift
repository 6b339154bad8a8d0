// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// The reading of a call's arguments: all that is wrong with them is found before any of it is answered.
public struct CallReading {
    /// The call.
    public let call: Call
    private var faults: [Fault] = []
    private var query: FormFields?
    private var cookies: [String: String]?
    private var readForm: Form?

    /// A reading that has read nothing.
    public init(_ call: Call) {
        self.call = call
    }

    /// Where in a request a value stands.
    public enum Place: String, Sendable {
        /// In the path.
        case path
        /// In the query.
        case query
        /// In a header field.
        case header
        /// In a cookie.
        case cookie
        /// In the body.
        case body
    }

    struct Fault {
        let place: Place
        let violation: Violation
    }

    /// Whether nothing wrong was found.
    public var isFlawless: Bool { self.faults.isEmpty }

    /// Notes that something is wrong.
    public mutating func note(_ violation: Violation, in place: Place) {
        self.faults.append(Fault(place: place, violation: violation))
    }

    /// The form in the body, which is read when it is first asked for.
    ///
    /// - Throws: `HTTPError` where the body is no form, or passes a limit of `FormLimits`.
    public mutating func form() async throws -> Form {
        if let readForm { return readForm }
        let form = try await self.call.request.form()
        self.readForm = form
        return form
    }

    /// The texts of the query under a name.
    mutating func queryTexts(_ name: String) -> [String] { self.queryFields().all(name) }

    /// All texts of the query.
    mutating func queryFields() -> FormFields {
        let query = self.query ?? self.call.request.queryItems
        self.query = query
        return query
    }

    /// The value of a cookie (RFC 6265, section 5.4); of two with the same name the first counts.
    mutating func cookie(_ name: String) -> String? {
        let cookies = self.cookies ?? Self.cookies(self.call.request.headers)
        self.cookies = cookies
        return cookies[name]
    }

    private static func cookies(_ headers: Headers) -> [String: String] {
        var cookies: [String: String] = [:]
        for pair in headers.all("cookie").flatMap({ $0.split(separator: ";") }) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let name = String(parts[0].trimmingSpaces())
            if cookies[name] == nil { cookies[name] = String(parts[1].trimmingSpaces()) }
        }
        return cookies
    }

    /// The error that names everything that was found: 422.
    public var failure: HTTPError {
        var error = HTTPError(
            .unprocessableContent,
            self.faults.count == 1 ? "A value is not valid." : "\(self.faults.count) values are not valid.",
            code: "invalid-request"
        )
        // Strings alone, which JSON always has a text for.
        if let errors = try? Bytes(json: self.faults) { error.members = [("errors", errors)] }
        return error
    }
}

extension CallReading.Fault: Schema {
    init?(json reader: inout JSONReader) throws(JSONError) {
        try reader.refuse(expected: "nothing: faults are only written")
        return nil
    }

    func write(json writer: inout JSONWriter) {
        writer.beginObject()
        writer.property("\"in\":", self.place.rawValue)
        if self.place == .body {
            writer.property("\"pointer\":", self.violation.pointer)
        } else {
            writer.property("\"name\":", String(self.violation.pointer.dropFirst()))
        }
        writer.property("\"rule\":", self.violation.rule)
        writer.property("\"expected\":", self.violation.expected)
        writer.property("\"actual\":", self.violation.actual)
        writer.endObject()
    }

    static func describe(in definitions: inout Definitions) -> JSONSchema {
        definitions.reference(to: Self.self) { definitions in
            var object = ObjectDescription(description: "A value that is not valid.")
            object.property("in", String.self, in: &definitions, description: "Where it stands: `body`, `query`, …")
            let maybe = [
                ("pointer", "Where in the body it stands (RFC 6901)."),
                ("name", "Its name, elsewhere than in the body."),
                ("actual", "What came, where anything did."),
            ]
            for (name, text) in maybe { object.property(name, String?.self, in: &definitions, description: text) }
            object.property("rule", String.self, in: &definitions, description: "The rule that it breaks.")
            object.property("expected", String.self, in: &definitions, description: "What is expected.")
            return object.schema
        }
    }
}
