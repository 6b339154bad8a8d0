// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// The body, as a value of a `Schema` type: from JSON, or from a form.
public struct BodyParameter<Value: Schema>: EndpointParameter {
    private let limits: JSONLimits

    /// The body as a value of a type.
    public init(_ type: Value.Type = Value.self, limits: JSONLimits = JSONLimits()) {
        self.limits = limits
    }

    /// Ready once all of it has arrived; a form is read as it comes.
    public func isReady(in call: Call) -> Bool { call.request.body.complete != nil }

    /// Reads a body that has arrived.
    public func read(_ reading: inout CallReading) throws -> Value? {
        try self.read(reading.call.request.body.complete ?? Bytes(), &reading)
    }

    /// Reads the body, and waits for the rest of it.
    public func readWaiting(_ reading: inout CallReading) async throws -> Value? {
        let bytes = try await reading.call.request.body.collect(upTo: self.limits.bytes)
        return try self.read(bytes, &reading)
    }

    private func read(_ bytes: Bytes, _ reading: inout CallReading) throws -> Value? {
        if bytes.isEmpty, let absent = Value.absent { return absent }
        try MediaType.requireJSON(reading.call.request.headers)
        do {
            let (value, violations) = try bytes.withSpan {
                try JSON.read(Value.self, from: $0, limits: self.limits)
            }
            for violation in violations { reading.note(violation, in: .body) }
            return violations.isEmpty ? value : nil
        } catch let error as JSONError {
            throw HTTPError(error)
        }
    }

    /// The body of the request.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.body = .init(
            contentTypes: ["application/json"],
            schema: Value.describe(in: &definitions),
            isRequired: Value.absent == nil
        )
    }
}

/// The body as the bytes that it is.
public struct BytesParameter: EndpointParameter {
    private let limit: Int

    /// The body, up to a number of bytes.
    public init(limit: Int = 16 << 20) {
        self.limit = limit
    }

    /// Ready once all of it has arrived.
    public func isReady(in call: Call) -> Bool { call.request.body.complete != nil }

    /// Reads a body that has arrived.
    public func read(_ reading: inout CallReading) throws -> Bytes? { reading.call.request.body.complete }

    /// Reads the body, and waits for the rest of it.
    public func readWaiting(_ reading: inout CallReading) async throws -> Bytes? {
        try await reading.call.request.body.collect(upTo: self.limit)
    }

    /// Any body.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.body = .init(contentTypes: ["application/octet-stream"], schema: JSONSchema(), isRequired: true)
    }
}

/// The body as it comes.
public struct StreamParameter: EndpointParameter {
    /// The body.
    public init() {}

    /// The body, of which nothing is read yet.
    public func read(_ reading: inout CallReading) throws -> RequestBody? { reading.call.request.body }

    /// Any body.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.body = .init(contentTypes: ["application/octet-stream"], schema: JSONSchema(), isRequired: true)
    }
}

/// Media types of bodies (RFC 9110, section 8.3).
enum MediaType {
    /// Refuses a body that says it is something other than JSON; one that says nothing is taken for it.
    static func requireJSON(_ headers: Headers) throws(HTTPError) {
        guard let type = headers["content-type"], type != "application/json" else { return }
        let name = type.prefix { $0 != ";" }.trimmingSpaces().lowercased()
        if name == "application/json" || name.hasSuffix("+json") { return }
        throw HTTPError(
            .unsupportedMediaType,
            "The body must be application/json, not \(name).",
            headers: ["accept": "application/json"]
        )
    }
}

extension HTTPError {
    /// The error of a body that is no JSON: 400, or 413 where it is too long.
    init(_ error: JSONError) {
        switch error.reason {
        case .tooLong: self = .contentTooLarge(limit: error.offset)
        default: self.init(.badRequest, error.description, code: "malformed-json")
        }
    }
}
