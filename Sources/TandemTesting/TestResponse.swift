// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// What a client was answered.
public struct TestResponse: Sendable {
    /// The status.
    public let status: Status
    /// The header fields.
    public let headers: Headers
    /// The whole body.
    public let body: Bytes

    /// The body as text.
    public var text: String { String(decoding: self.body, as: UTF8.self) }

    /// The body as a value.
    ///
    /// - Throws: `JSONError` where it is no JSON, `ValidationError` where it is of another type.
    public func json<Value: Schema>(_ type: Value.Type = Value.self) throws -> Value {
        try JSON.decode(type, from: self.text)
    }

    /// The problem document, where the answer is one.
    public var problem: TestProblem? {
        guard self.headers["content-type"] == "application/problem+json" else { return nil }
        return try? self.json()
    }
}

/// A problem document (RFC 9457) as this project writes it.
@Schema public struct TestProblem: Equatable {
    /// The status.
    public var status: Int
    /// The stable name.
    public var code: String
    /// What happened, for people.
    public var detail: String?
    /// Each value that is not valid.
    public var errors: [Fault] = []

    /// A value that is not valid.
    @Schema public struct Fault: Equatable {
        /// Where it stands: `body`, `query`, `header`, `cookie`.
        @Key("in") public var place: String
        /// Which value of the body it is, as a JSON pointer (RFC 6901).
        public var pointer: String?
        /// Which value it is, where it does not stand in the body.
        public var name: String?
        /// The rule that it breaks.
        public var rule: String
    }
}

/// Why a test's client gave up.
public struct TestClientError: Error, CustomStringConvertible {
    /// What happened, and what to do.
    public let description: String
}
