// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes types as Python: dataclasses, and names for the rest.
struct PythonTypes {
    /// What the declared types are called, by their names in the document.
    let names: [String: String]
    /// The names of types that only the server writes.
    let received: Set<String>

    /// The declaration of a type.
    func declaration(_ type: TypeDeclaration) -> String {
        let name = self.names[type.name] ?? "Any"
        guard case .object(let object) = type.shape else {
            let text = "\(name) = \(self.expression(type.shape, isQuoted: true))\n"
            return text + PythonText.documentation(type.description, indent: "")
        }
        let isReceived = self.received.contains(type.name)
        var names = UniqueNames(taken: ["json_names"])
        let fields = object.properties.map { property in
            (name: names.take(PythonText.member(property.name)), property: property)
        }
        let first = fields.filter { self.fallback($0.property, isReceived: isReceived) == nil }
        let last = fields.filter { self.fallback($0.property, isReceived: isReceived) != nil }
        var text = "@dataclass\nclass \(name):\n" + PythonText.documentation(type.description, indent: "    ")
        for (name, property) in first + last {
            let type = self.type(of: property, isReceived: isReceived)
            let fallback = self.fallback(property, isReceived: isReceived).map { " = \($0)" } ?? ""
            text += "    \(name): \(type)\(fallback)\n" + PythonText.documentation(property.description, indent: "    ")
        }
        let renamed = fields.filter { $0.name != $0.property.name }.map { field in
            "\"\(field.name)\": \(PythonText.literal(.string(field.property.name)))"
        }
        if !renamed.isEmpty {
            text += "    json_names: ClassVar[Dict[str, str]] = {\(renamed.joined(separator: ", "))}\n"
        }
        return fields.isEmpty && type.description == nil ? text + "    pass\n" : text
    }

    private func type(of property: PropertyShape, isReceived: Bool) -> String {
        let type = self.expression(property.shape)
        return self.fallback(property, isReceived: isReceived) == "None" && !type.hasPrefix("Optional[")
            && type != "Any"
            ? "Optional[\(type)]" : type
    }

    /// What stands behind a field that need not be given.
    private func fallback(_ property: PropertyShape, isReceived: Bool) -> String? {
        if case .constants(let values) = property.shape, values.count == 1, property.isRequired {
            return PythonText.literal(values[0])
        }
        if property.isRequired || isReceived && property.isAlwaysAnswered { return nil }
        switch (property.fallback, property.shape) {
        case (let value?, .boolean), (let value?, .integer), (let value?, .double), (let value?, .constants),
            (let value?, .text(.plain)), (let value?, .text(.uri)):
            return PythonText.literal(value)
        case ([], .array): return "field(default_factory=list)"
        // Left out, it is what the server says.
        default: return "None"
        }
    }

    /// A type where one is used; its names are quoted where it stands before what they name.
    func expression(_ shape: TypeShape, isQuoted: Bool = false) -> String {
        switch shape {
        case .any: return "Any"
        case .null: return "None"
        case .boolean: return "bool"
        case .integer: return "int"
        case .double: return "float"
        case .decimal: return "Decimal"
        case .text(.dateTime): return "datetime"
        case .text(.uuid): return "UUID"
        case .text(.base64): return "bytes"
        case .text(.binary): return "Upload"
        case .text: return "str"
        case .constants(let values): return self.constants(values)
        case .named(let name):
            let name = self.names[name] ?? "Any"
            return isQuoted ? "\"\(name)\"" : name
        case .array(let shape): return "List[\(self.expression(shape, isQuoted: isQuoted))]"
        case .dictionary(let shape): return "Dict[str, \(self.expression(shape, isQuoted: isQuoted))]"
        case .nullable(let shape):
            let text = self.expression(shape, isQuoted: isQuoted)
            return text == "Any" || text.hasPrefix("Optional[") ? text : "Optional[\(text)]"
        case .union(let shapes, _):
            return "Union[\(shapes.map { self.expression($0, isQuoted: isQuoted) }.joined(separator: ", "))]"
        case .object: return "Dict[str, Any]"
        }
    }

    private func constants(_ values: [JSON]) -> String {
        let words = values.filter { value in
            switch value {
            case .string, .bool: true
            // Python has literal types for whole numbers alone.
            case .number(let digits): Int128(digits) != nil
            default: false
            }
        }
        return words.count == values.count
            ? "Literal[\(values.map(PythonText.literal).joined(separator: ", "))]" : "Any"
    }
}
