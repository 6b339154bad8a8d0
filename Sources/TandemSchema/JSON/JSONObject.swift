// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The properties of an object, in order; of two with the same name the last counts, as everywhere.
public struct JSONObject: Sendable, Hashable {
    private var properties: [Property] = []

    private struct Property: Sendable, Hashable {
        var name: String
        var value: JSON
    }

    /// No properties.
    public init() {}

    /// The value of a property; set it to add one or to replace it in its place, or to `nil` to remove it.
    public subscript(name: String) -> JSON? {
        get { self.properties.last { $0.name == name }?.value }
        set {
            guard let newValue else { return self.properties.removeAll { $0.name == name } }
            if let index = self.properties.lastIndex(where: { $0.name == name }) {
                self.properties[index].value = newValue
            } else {
                self.append(name, newValue)
            }
        }
    }

    /// The properties of both; of one that both have, the value of the second.
    public static func + (left: JSONObject, right: JSONObject) -> JSONObject {
        right.reduce(into: left) { $0[$1.name] = $1.value }
    }

    /// Adds a property that is not there yet, without looking for it.
    package mutating func append(_ name: String, _ value: JSON) {
        self.properties.append(Property(name: name, value: value))
    }
}

extension JSONObject: Sequence, ExpressibleByDictionaryLiteral {
    /// A property.
    public typealias Element = (name: String, value: JSON)

    /// The properties, in order.
    public func makeIterator() -> AnyIterator<Element> {
        var properties = self.properties.makeIterator()
        return AnyIterator { properties.next().map { ($0.name, $0.value) } }
    }

    /// The properties of a literal, in order.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self.properties = elements.map { Property(name: $0.0, value: $0.1) }
    }
}

extension JSONObject: Schema {
    /// Reads any object.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObject() else { return nil }
        self.init()
        var place = ObjectPlace()
        while try reader.nextKey(&place) {
            let key = try reader.takeKey()
            guard let value = try JSON(json: &reader) else { return nil }
            self.append(key, value)
        }
    }

    /// Writes the object.
    public func write(json writer: inout JSONWriter) {
        writer.beginObject()
        writer.properties(self)
        writer.endObject()
    }

    /// Any object.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(type: "object")
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .number(value.description) }
    /// A number.
    public init(floatLiteral value: Double) { self = value.isFinite ? .number(value.description) : .null }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    /// An object.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}
