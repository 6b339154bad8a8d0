// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// The body, as a value of a `Schema` type: from JSON, or from a form where its values have fields.
public struct BodyParameter<Value: Schema>: EndpointParameter {
    @usableFromInline let limits: JSONLimits
    private let guide: FieldGuide?

    /// The body as a value of a type.
    public init(_ type: Value.Type = Value.self, limits: JSONLimits = JSONLimits()) {
        self.limits = limits
        self.guide = FieldGuide(Value.self)
    }

    /// Ready once all of it has arrived; a form of several parts is waited for.
    public func isReady(in call: Call) -> Bool {
        guard let bytes = call.request.body.complete else { return false }
        // What begins as most JSON does is no such form, and its fields need not be looked at twice.
        if self.guide == nil || bytes.first == UInt8(ascii: "{") { return true }
        return BodyEncoding(call.request.headers) != .multipart
    }

    /// Reads a body that has arrived.
    @inlinable
    public func read(_ reading: inout CallReading) throws -> Value? {
        guard let text = reading.call.json else { return try self.readOther(&reading) }
        // Here, where the compiler knows the type.
        return try reading.value { value in
            try text.withSpan { try JSON.read(from: $0, limits: self.limits, into: &value) }
        }
    }

    /// Reads a body that is not JSON, or nothing.
    @usableFromInline
    func readOther(_ reading: inout CallReading) throws -> Value? {
        let encoding = BodyEncoding(reading.call.request.headers)
        return try self.read(reading.call.request.body.complete ?? Bytes(), encoding, &reading)
    }

    /// Reads the body, and waits for the rest of it.
    public func readWaiting(_ reading: inout CallReading) async throws -> Value? {
        let encoding = BodyEncoding(reading.call.request.headers)
        if encoding == .multipart, self.guide != nil {
            return try self.read(try await reading.form().fields, &reading)
        }
        let bytes = try await reading.call.request.body.collect(upTo: self.limits.bytes)
        return try self.read(bytes, encoding, &reading)
    }

    private func read(_ bytes: Bytes, _ encoding: BodyEncoding, _ reading: inout CallReading) throws -> Value? {
        if bytes.isEmpty, let absent = Value.absent { return absent }
        switch encoding {
        case .json where bytes.isEmpty:
            throw HTTPError(.badRequest, "The body is empty; it must be JSON.", code: "malformed-json")
        case .json:
            return try reading.value { value in
                try bytes.withSpan { try JSON.read(from: $0, limits: self.limits, into: &value) }
            }
        case .urlEncoded where self.guide != nil:
            return try self.read(try FormFields(urlEncoded: bytes, limits: FormLimits()), &reading)
        case .multipart where self.guide != nil:
            throw HTTPError(.badRequest, "The form must begin with its boundary.", code: "malformed-form")
        default:
            throw HTTPError.unsupported(encoding, accepted: self.encodings)
        }
    }

    private func read(_ fields: FormFields, _ reading: inout CallReading) throws -> Value? {
        if fields.isEmpty, let absent = Value.absent { return absent }
        return try reading.value { try self.guide?.read(of: fields, limits: self.limits, into: &$0) ?? [] }
    }

    private var encodings: [BodyEncoding] { self.guide == nil ? [.json] : BodyEncoding.forms }

    /// The body of the request.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        let schema = Value.describe(in: &definitions)
        var body = Operation.Body(
            contentTypes: self.encodings.map(\.name),
            schema: schema,
            isRequired: Value.absent == nil
        )
        let object = definitions.resolved(schema)
        if let form = object.asForm, form != object { body.formSchema = form }
        operation.add(body)
    }
}

extension Call {
    /// The body, where it has arrived and is JSON.
    @usableFromInline
    var json: Bytes? {
        guard let bytes = self.request.body.complete, !bytes.isEmpty else { return nil }
        guard case .json = BodyEncoding(self.request.headers) else { return nil }
        return bytes
    }
}

extension CallReading {
    /// The value that was read of the body; what is wrong with it is noted.
    @inlinable
    mutating func value<Value>(_ read: (inout Value?) throws -> [Violation]) throws -> Value? {
        var value: Value?
        do {
            let violations = try read(&value)
            for violation in violations { self.note(violation, in: .body) }
            return violations.isEmpty ? value : nil
        } catch let error as JSONError {
            throw HTTPError(error)
        }
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
        operation.add(.init(contentTypes: ["application/octet-stream"], schema: JSONSchema(), isRequired: true))
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
        operation.add(.init(contentTypes: ["application/octet-stream"], schema: JSONSchema(), isRequired: true))
    }
}

extension HTTPError {
    /// The error of a body that is no JSON: 400, or 413 where it is too long.
    @usableFromInline
    init(_ error: JSONError) {
        switch error.reason {
        case .tooLong: self = .contentTooLarge(limit: error.offset)
        default: self.init(.badRequest, error.description, code: "malformed-json")
        }
    }
}
