// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Something was made: 201, its value as JSON, and where it is.
public struct Created<Value: Schema>: EndpointResult {
    /// What was made.
    public var value: Value
    /// Its path or URL, for the `location` field.
    public var location: String?

    /// A result of a value.
    public init(_ value: Value, at location: String? = nil) {
        self.value = value
        self.location = location
    }

    /// 201 with the value.
    public func response(to call: Call) throws -> Response {
        try Response(json: self.value, status: .created, location: self.location)
    }

    /// 201.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        .located(.created, Value.describe(in: &definitions))
    }
}

/// Something will be done later: 202, and a value that says what.
public struct Accepted<Value: Schema>: EndpointResult {
    /// What is said of it.
    public var value: Value
    /// Where to ask how it stands, for the `location` field.
    public var location: String?

    /// A result of a value.
    public init(_ value: Value, at location: String? = nil) {
        self.value = value
        self.location = location
    }

    /// 202 with the value.
    public func response(to call: Call) throws -> Response {
        try Response(json: self.value, status: .accepted, location: self.location)
    }

    /// 202.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        .located(.accepted, Value.describe(in: &definitions))
    }
}

/// It is done, and there is nothing to say: 204.
public struct NoContent: EndpointResult {
    /// The result.
    public init() {}

    /// 204.
    public func response(to call: Call) -> Response { Response(status: .noContent) }

    /// 204.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        ResultDescription(.noContent)
    }
}

/// What was asked for is elsewhere.
public struct Redirect: EndpointResult {
    /// Where: a path or a URL.
    public var location: String
    /// 303 See Other by default, which has a browser ask by GET.
    public var status: Status

    /// A redirect to a path or a URL.
    public init(to location: String, status: Status = .seeOther) {
        self.location = location
        self.status = status
    }

    /// The status and the `location` field.
    public func response(to call: Call) -> Response {
        Response(status: self.status, headers: ["location": self.location])
    }

    /// 303.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        var result = ResultDescription(.seeOther)
        result.headers = [.location("Where it is.", isRequired: true)]
        return result
    }
}

extension ResultDescription {
    fileprivate static func located(_ status: Status, _ schema: JSONSchema) -> ResultDescription {
        var result = ResultDescription(status, contentType: "application/json", schema: schema)
        result.headers = [.location("Where to find it.", isRequired: false)]
        return result
    }
}

extension ResultDescription.Header {
    fileprivate static func location(_ description: String, isRequired: Bool) -> Self {
        let schema = JSONSchema(type: "string", format: "uri-reference")
        return Self("location", description, schema: schema, isRequired: isRequired)
    }
}

extension Response {
    /// A value as JSON, with a `location` field where there is one to say.
    fileprivate init<Value: Schema>(json value: Value, status: Status, location: String?) throws {
        try self.init(json: value, status: status)
        if let location { self.headers["location"] = location }
    }
}
