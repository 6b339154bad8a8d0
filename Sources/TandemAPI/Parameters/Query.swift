// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
public import TandemSchema

/// Parameters of the query as one value: each property of a `@Schema` struct is a parameter, with its rules.
///
/// ```swift
/// @Schema struct TicketFilter {
///     var priority: Priority?
///     @Range(1...100) var limit = 20
/// }
///
/// @GET func list(filter: Query<TicketFilter>) -> [Ticket] { self.store.first(filter.limit) }
/// ```
/// A type that refuses unknown keys refuses every parameter that it does not have, those of others too. A type without
/// properties, such as `Int`, keeps the application from starting.
@dynamicMemberLookup
public struct Query<Value: Schema>: Sendable {
    /// What the query holds.
    public var value: Value

    /// A query that holds a value.
    public init(_ value: Value) {
        self.value = value
    }

    /// A property of the value.
    public subscript<Property>(dynamicMember property: KeyPath<Value, Property>) -> Property {
        self.value[keyPath: property]
    }
}

extension Query: Equatable where Value: Equatable {}

/// Reads a value of the query's parameters.
public struct QueryValueParameter<Wrapped: Schema>: EndpointParameter {
    private let name: String
    private let fallback: Query<Wrapped>?
    private let guide: FieldGuide?

    /// The value, and what its parameter is called; with a fallback, none of its properties need be there.
    public init(_ name: String, default fallback: Query<Wrapped>? = nil) {
        self.name = name
        self.fallback = fallback
        self.guide = FieldGuide(Wrapped.self)
    }

    /// Reads the value.
    public func read(_ reading: inout CallReading) throws -> Query<Wrapped>? {
        guard let guide else {
            // `Routes.handler()` refuses such an endpoint; who calls one without it is told the same.
            let cause = UnreadableQuery(Wrapped.self, for: reading.call.request.description)
            throw HTTPError(.internalServerError, cause: cause)
        }
        let fields = reading.queryFields()
        if let fallback, !fields.contains(where: { guide.has($0.name) }) { return fallback }
        var value: Wrapped?
        let violations = try guide.read(of: fields, limits: JSONLimits(), into: &value)
        for var violation in violations {
            violation.pointer = "/" + (violation.pointer.isEmpty ? self.name : FieldName.name(violation.pointer))
            reading.note(violation, in: .query)
        }
        return violations.isEmpty ? value.map(Query.init) : nil
    }

    /// A parameter of the query for each property.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        if self.guide == nil { operation.unreadable = Wrapped.self }
        let reference = Wrapped.describe(in: &definitions)
        let object = definitions.resolved(reference)
        var required: [JSON] = []
        if self.fallback == nil, case .array(let names)? = object["required"] { required = names }
        for (name, schema) in object["properties"]?.object ?? JSONObject() {
            var schema = JSONSchema(schema.object ?? JSONObject()).withEmptyForNull
            let isRequired = required.contains(.string(name))
            let description = schema["description"]?.string
            schema["description"] = nil
            var parameter = Operation.Parameter(name, in: .query, schema: schema, isRequired: isRequired)
            parameter.description = description
            if self.guide?.isObject(name) == true { parameter.style = "deepObject" }
            operation.parameters.append(parameter)
        }
    }
}
