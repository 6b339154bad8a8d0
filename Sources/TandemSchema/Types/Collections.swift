// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Array: Schema where Element: Schema {
    /// Reads an array; each element that is wrong is noted.
    @inlinable
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginArray() else { return nil }
        guard
            let elements = try JSONSlot<Element>.temporary({ (slot) throws(JSONError) -> [Element]? in
                try reader.elements(by: &slot)
            })
        else { return nil }
        self = elements
    }

    /// Writes the elements.
    @inlinable
    public func write(json writer: inout JSONWriter) {
        writer.beginArray()
        // Lent by a span, elements need not be copied.
        let elements = self.span
        for index in elements.indices {
            if index > 0 { writer.comma() }
            elements[index].write(json: &writer)
        }
        writer.endArray()
    }

    /// `array`.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        JSONSchema(["type": "array", "items": .object(Element.describe(in: &definitions).keywords)])
    }
}

extension Set: Schema where Element: Schema {
    /// Reads an array whose elements all differ.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard let elements = try [Element](json: &reader) else { return nil }
        self.init(elements)
        if let violation = UniqueRule<[Element]>().violation(of: elements) { reader.note(violation) }
    }

    /// Writes the elements, in no order.
    public func write(json writer: inout JSONWriter) { writer.array(self) }

    /// `array` of items that differ.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        var schema = [Element].describe(in: &definitions)
        schema["uniqueItems"] = true
        return schema
    }
}

extension Dictionary: Schema where Key: Scalar, Value: Schema {
    /// Reads an object; each value that is wrong is noted, and each key that is none.
    public init?(json reader: inout JSONReader) throws(JSONError) {
        guard try reader.beginObject() else { return nil }
        self.init()
        var place = ObjectPlace()
        var isWhole = true
        while try reader.nextKey(&place) {
            let name = try reader.takeKey()
            let before = reader.found.count
            let value = try JSONSlot<Value>.read(&reader)
            let key = Key(text: name)
            if key == nil { reader.note(Violation("key", expected: "a key that is \(Key.self)", actual: name)) }
            if reader.found.count != before { reader.prefix(since: before, with: name) }
            if let key, let value { self[key] = value } else { isWhole = false }
        }
        if !isWhole { return nil }
    }

    /// Writes the values by their keys, in no order.
    public func write(json writer: inout JSONWriter) {
        writer.beginObject()
        for (key, value) in self { writer.property(named: key.text, value) }
        writer.endObject()
    }

    /// `object` with values of one type.
    public static func describe(in definitions: inout Definitions) -> JSONSchema {
        var schema = JSONSchema(type: "object")
        schema["additionalProperties"] = .object(Value.describe(in: &definitions).keywords)
        if Key.self != String.self {
            var key = Key.describe(in: &definitions)
            key["type"] = "string"
            schema["propertyNames"] = .object(key.keywords)
        }
        return schema
    }
}

extension JSONReader {
    /// Reads the elements of an array, each by way of the slot; what is wrong with one is noted under its index.
    @inlinable
    mutating func elements<Element: Schema>(by slot: inout JSONSlot<Element>) throws(JSONError) -> [Element]? {
        var elements: [Element] = []
        var isFirst = true
        var isWhole = true
        var index = 0
        while try self.nextElement(&isFirst) {
            // Short arrays need not grow, and long ones not from one element on.
            if index == 0 { elements.reserveCapacity(max(32 / MemoryLayout<Element>.stride, 4)) }
            let before = self.found.count
            try Element.read(json: &self, into: &slot)
            if self.found.count != before { self.prefix(since: before, with: String(index)) }
            if let element = slot.take() { elements.append(element) } else { isWhole = false }
            index += 1
        }
        return isWhole ? elements : nil
    }
}
