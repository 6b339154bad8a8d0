// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// A parameter of the query: `?page=2`, `?tag=a&tag=b`.
public struct QueryParameter<Value: ParameterValue>: EndpointParameter {
    private let name: String
    private let fallback: Value?

    /// The parameter with a name; with a fallback, it need not be there.
    public init(_ name: String, _ type: Value.Type = Value.self, default fallback: Value? = nil) {
        self.name = name
        self.fallback = fallback
    }

    /// Reads the value.
    public func read(_ reading: inout CallReading) throws -> Value? {
        let texts = reading.queryTexts(self.name)
        return reading.value(texts, self.name, in: .query, default: self.fallback)
    }

    /// A parameter of the query.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.add(self.name, in: .query, default: self.fallback, &definitions)
    }
}

extension Operation {
    /// Adds a parameter with values of a type; one with a fallback need not be there.
    mutating func add<Value: ParameterValue>(
        _ name: String,
        in place: CallReading.Place,
        default fallback: Value?,
        _ definitions: inout Definitions
    ) {
        var schema = Value.describe(in: &definitions).withoutNull
        if let fallback = fallback?.asJSON { schema["default"] = fallback }
        let isRequired = fallback == nil && Value.absent == nil
        self.parameters.append(.init(name, in: place, schema: schema, isRequired: isRequired))
    }
}

extension CallReading {
    /// The value that texts under a name hold.
    mutating func value<Value: ParameterValue>(
        _ texts: [String],
        _ name: String,
        in place: Place,
        default fallback: Value?
    ) -> Value? {
        if texts.isEmpty {
            if let value = fallback ?? Value.absent { return value }
            self.note(Violation("required", expected: "there", pointer: "/\(name)"), in: place)
            return nil
        }
        if let value = Value(texts: texts) { return value }
        let actual = texts.count == 1 ? texts[0].debugDescription : "\(texts.count) values"
        self.note(Violation("type", expected: Value.expected, actual: actual, pointer: "/\(name)"), in: place)
        return nil
    }
}
