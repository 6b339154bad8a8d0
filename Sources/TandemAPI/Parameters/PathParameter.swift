// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// A parameter of the path.
///
/// A text that is no such value names nothing that there is: 404.
public struct PathParameter<Value: Scalar>: EndpointParameter {
    private let name: String

    /// The parameter with a name.
    public init(_ name: String, _ type: Value.Type = Value.self) {
        self.name = name
    }

    /// Reads the value.
    public func read(_ reading: inout CallReading) throws -> Value? {
        guard let text = reading.call.path[self.name], let value = Value(text: text) else {
            throw HTTPError.noSuchRoute
        }
        return value
    }

    /// A parameter of the path.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        let schema = Value.describe(in: &definitions)
        operation.parameters.append(.init(self.name, in: .path, schema: schema, isRequired: true))
    }
}
