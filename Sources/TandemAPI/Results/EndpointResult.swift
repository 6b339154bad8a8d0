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

extension Response {
    /// A response of a value as JSON.
    ///
    /// - Throws: `HTTPError` with 500 where the value has something in it that JSON has no text for.
    public init<Value: Schema>(json value: Value, status: Status = .ok) throws {
        var writer = JSONWriter()
        value.write(json: &writer)
        do throws(JSONEncodingError) {
            self.init(json: try writer.withBytes { Bytes(copying: $0) }, status: status)
        } catch {
            throw HTTPError(.internalServerError, cause: error)
        }
    }
}
