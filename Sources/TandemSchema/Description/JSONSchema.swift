// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What values look like, in the words of JSON Schema 2020-12.
public struct JSONSchema: Sendable, Hashable {
    /// The keywords, in the order in which they are written.
    public var keywords: JSONObject

    /// A schema of keywords; without any, every value is valid.
    public init(_ keywords: JSONObject = JSONObject()) {
        self.keywords = keywords
    }

    /// A schema of a type: `string`, `integer`, `number`, `boolean`, `array`, `object` or `null`.
    public init(type: String, format: String? = nil) {
        self.init(["type": .string(type)])
        if let format { self["format"] = .string(format) }
    }

    /// The value of a keyword.
    public subscript(keyword: String) -> JSON? {
        get { self.keywords[keyword] }
        set { self.keywords[keyword] = newValue }
    }

    /// The schema of values that are of this one or `null`.
    package var orNull: JSONSchema {
        if case .string(let type) = self["type"], self["enum"] == nil, self["const"] == nil {
            var copy = self
            copy["type"] = [.string(type), "null"]
            return copy
        }
        if self.keywords == JSONObject() { return self }
        return JSONSchema(["anyOf": [.object(self.keywords), ["type": "null"]]])
    }
}

extension Definitions {
    /// The schema that a reference stands for.
    package func resolved(_ schema: JSONSchema) -> JSONSchema {
        guard let reference = schema["$ref"]?.string, reference.hasPrefix(self.prefix),
            let keywords = self.schemas[String(reference.dropFirst(self.prefix.count))]?.object
        else { return schema }
        return JSONSchema(keywords)
    }
}

/// The types that schemas refer to by name: `$defs` of a JSON Schema, `components/schemas` of an OpenAPI document.
public struct Definitions: Sendable {
    /// What references to them begin with.
    public let prefix: String
    /// The schemas by name, in the order in which they were first met.
    public private(set) var schemas = JSONObject()
    private var names: [ObjectIdentifier: String] = [:]
    private var unique = UniqueNames()

    /// No types yet.
    public init(prefix: String = "#/$defs/") {
        self.prefix = prefix
    }

    /// Refers to a type, and has it described where it was not met before.
    ///
    /// A type may refer to itself: it has its name before it is described. It is called `name`, or else as in Swift.
    public mutating func reference<Value>(
        to type: Value.Type,
        named name: String? = nil,
        _ describe: (inout Definitions) -> JSONSchema
    ) -> JSONSchema {
        let id = ObjectIdentifier(type)
        if let name = self.names[id] { return self.reference(name) }
        let name = self.unique.take(name ?? Self.name(of: type))
        self.names[id] = name
        self.schemas[name] = .null
        self.schemas[name] = .object(describe(&self).keywords)
        return self.reference(name)
    }

    private func reference(_ name: String) -> JSONSchema {
        JSONSchema(["$ref": .string(self.prefix + name)])
    }

    /// A type's name as one word: `Page<Ticket>` is `PageTicket`.
    static func name(of type: Any.Type) -> String {
        let words = String(describing: type).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        return words.joined()
    }
}

extension Schema {
    /// A whole JSON Schema document of this type: what it refers to is in `$defs`.
    public static var jsonSchema: JSONSchema {
        var definitions = Definitions()
        var root = Self.describe(in: &definitions)
        root.keywords = ["$schema": "https://json-schema.org/draft/2020-12/schema"] + root.keywords
        if definitions.schemas != JSONObject() { root["$defs"] = .object(definitions.schemas) }
        return root
    }

    /// The value as a `JSON` value; `nil` where JSON has no text for it.
    package var asJSON: JSON? {
        guard let text = try? JSON.text(self) else { return nil }
        return try? JSON.decode(JSON.self, from: text)
    }
}
