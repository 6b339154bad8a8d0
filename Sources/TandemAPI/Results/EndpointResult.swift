// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// What an endpoint returns and becomes a response.
///
/// Values of `Schema` types do as they are: 200 and JSON.
public protocol EndpointResult: Sendable {
    /// The response to a call.
    func response(to call: Call) throws -> Response

    /// What such responses are, for documentation.
    static func describe(in definitions: inout Definitions) -> ResultDescription
}

/// What an endpoint answers when all goes well.
public struct ResultDescription: Sendable {
    /// The status.
    public var status: Status
    /// What it means, in a few words.
    public var summary: String
    /// The media type of the body; `nil` where there is none.
    public var contentType: String?
    /// What the body looks like, where that is known.
    public var schema: JSONSchema?
    /// What each part of a stream looks like: the data of an event, a line.
    public var itemSchema: JSONSchema?
    /// Its header fields that are worth a word.
    public var headers: [Header] = []
    /// What it is instead where it cannot be made.
    public var errors: [HTTPError] = []

    /// A header field of an answer.
    public struct Header: Sendable {
        /// Its name.
        public var name: String
        /// What it says.
        public var description: String
        /// What its values look like.
        public var schema: JSONSchema
        /// Whether each such answer has it.
        public var isRequired: Bool

        /// A field from its parts.
        public init(_ name: String, _ description: String, schema: JSONSchema, isRequired: Bool) {
            self.name = name
            self.description = description
            self.schema = schema
            self.isRequired = isRequired
        }
    }

    /// A description from its parts.
    public init(_ status: Status, summary: String? = nil, contentType: String? = nil, schema: JSONSchema? = nil) {
        self.status = status
        self.summary = summary ?? status.phrase
        self.contentType = contentType
        self.schema = schema
    }
}

extension Response: EndpointResult {
    /// The response itself.
    public func response(to call: Call) -> Response { self }

    /// Anything.
    public static func describe(in definitions: inout Definitions) -> ResultDescription { ResultDescription(.ok) }
}

extension Bytes: EndpointResult {
    /// 200, with the bytes as `application/octet-stream`.
    public func response(to call: Call) -> Response { Response(self, contentType: "application/octet-stream") }

    /// Bytes.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        ResultDescription(.ok, contentType: "application/octet-stream", schema: JSONSchema())
    }
}

extension Response {
    /// A response of a value as JSON.
    ///
    /// - Throws: `HTTPError` with 500 where the value has something in it that JSON has no text for.
    public init<Value: Schema>(json value: Value, status: Status = .ok) throws {
        do throws(JSONEncodingError) {
            self.init(json: try Bytes(json: value), status: status)
        } catch {
            throw HTTPError(.internalServerError, cause: error)
        }
    }
}
