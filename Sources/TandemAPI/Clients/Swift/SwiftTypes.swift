// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes types as Swift: structs, and enums for words and for unions.
struct SwiftTypes {
    /// What the declared types are called, by their names in the document.
    let names: [String: String]
    /// The types by their names in the document.
    let shapes: [String: TypeShape]
    /// The names of types that are the body of a PATCH: `nil` leaves a property out, `.some(nil)` sends `null`.
    let patches: Set<String>

    /// Whether a type needs a declaration of its own.
    static func needsName(_ shape: TypeShape) -> Bool {
        switch shape {
        case .object, .union: true
        case .constants(let values): values.count > 1 && values.allSatisfy { $0.string != nil }
        default: false
        }
    }

    /// A type where one is used.
    func expression(_ shape: TypeShape) -> String {
        switch shape {
        case .any, .null: "JSONValue"
        case .boolean: "Bool"
        case .integer(.uint64): "UInt64"
        case .integer(.wide): "Int128"
        case .integer: "Int"
        case .double: "Double"
        case .decimal: "Decimal"
        case .text(.dateTime): "Date"
        case .text(.uuid): "UUID"
        case .text(.uri): "URL"
        case .text(.base64): "Data"
        case .text(.binary): "Upload"
        case .text: "String"
        case .constants(let values): values.allSatisfy { $0.string != nil } ? "String" : "JSONValue"
        case .array(let shape): "[\(self.expression(shape))]"
        case .dictionary(let shape): "[String: \(self.expression(shape))]"
        case .nullable(let shape):
            self.expression(shape).hasSuffix("?") ? self.expression(shape) : "\(self.expression(shape))?"
        case .named(let name): self.names[name] ?? "JSONValue"
        case .union, .object: "JSONValue"
        }
    }

    /// The declaration of a type.
    func declaration(_ type: TypeDeclaration) -> String {
        let name = self.names[type.name] ?? "JSONValue"
        let comment = SwiftText.documentation(type.description, indent: "")
        switch type.shape {
        case .object(let object):
            return comment + self.structure(name, object, isPatch: self.patches.contains(type.name))
        case .union(let shapes, let tag): return comment + self.union(name, shapes, tag)
        case .constants(let values) where Self.needsName(type.shape):
            var names = UniqueNames()
            let cases = values.compactMap(\.string).map { word in
                "    case \(SwiftText.quoted(names.take(SwiftText.member(word)))) = \(SwiftText.literal(word))\n"
            }
            return
                "\(comment)public enum \(name): String, Codable, Sendable, Hashable, CaseIterable {\n\(cases.joined())}\n"
        default: return "\(comment)public typealias \(name) = \(self.expression(type.shape))\n"
        }
    }

    // MARK: - Structs

    private typealias Field = (name: String, property: PropertyShape, type: String, fallback: String?)

    private func structure(_ name: String, _ object: ObjectShape, isPatch: Bool) -> String {
        var names = UniqueNames()
        let fields: [Field] = object.properties.map { property in
            var type = self.expression(property.shape)
            let member = names.take(SwiftText.member(property.name))
            if property.isRequired { return (member, property, type, self.tag(property).map(SwiftText.literal)) }
            if let fallback = self.fallback(property) { return (member, property, type, fallback) }
            if !type.hasSuffix("?") { type += "?" } else if isPatch { type += "?" }
            return (member, property, type, "nil")
        }
        var text = "public struct \(name): Codable, Sendable, Hashable {\n"
        for field in fields {
            text += SwiftText.documentation(field.property.description, indent: "    ")
            let access = self.tag(field.property) == nil ? "public var" : "public private(set) var"
            let value = self.tag(field.property).map { " = \(SwiftText.literal($0))" } ?? ""
            text += "    \(access) \(SwiftText.quoted(field.name)): \(field.type)\(value)\n"
        }
        let given = fields.filter { self.tag($0.property) == nil }
        let arguments = given.map { "\(SwiftText.quoted($0.name)): \($0.type)\($0.fallback.map { " = \($0)" } ?? "")" }
        let line = arguments.joined(separator: ", ")
        let list = line.count < 80 ? line : "\n        " + arguments.joined(separator: ",\n        ") + "\n    "
        text += "\n    public init(\(list)) {\n"
        text += given.map { "        self.\($0.name) = \(SwiftText.quoted($0.name))\n" }.joined() + "    }\n"
        if fields.contains(where: { $0.name != $0.property.name }) {
            text += "\n    private enum CodingKeys: String, CodingKey {\n"
            text += fields.map {
                "        case \(SwiftText.quoted($0.name)) = \(SwiftText.literal($0.property.name))\n"
            }.joined()
            text += "    }\n"
        }
        return text + "}\n"
    }

    /// The value of a property that has only one.
    private func tag(_ property: PropertyShape) -> String? {
        guard property.isRequired, case .constants(let values) = property.shape, values.count == 1 else { return nil }
        return values[0].string
    }

    /// The default of a property, where Swift can say it.
    private func fallback(_ property: PropertyShape) -> String? {
        guard let value = property.fallback else { return nil }
        var shape = property.shape
        if case .named(let name) = shape, let declared = self.shapes[name] { shape = declared }
        switch (value, shape) {
        case (.bool(let flag), .boolean): return String(flag)
        case (.number(let digits), .integer), (.number(let digits), .double): return digits
        case (.string(let text), .text(.plain)): return SwiftText.literal(text)
        case (.string(let text), .constants(let values)):
            var names = UniqueNames()
            let cases = values.compactMap(\.string).map { ($0, names.take(SwiftText.member($0))) }
            return cases.first { $0.0 == text }.map { ".\(SwiftText.quoted($0.1))" }
        case ([], .array): return "[]"
        default: return nil
        }
    }

    // MARK: - Unions

    private func union(_ name: String, _ shapes: [TypeShape], _ tag: String?) -> String {
        var names = UniqueNames()
        let cases = shapes.map { shape in
            let type = self.expression(shape)
            var word: String?
            if case .named(let name) = shape { word = self.shapes[name]?.tagValue(tag) }
            let plain = type.filter { $0.isLetter || $0.isNumber }
            return (name: names.take(SwiftText.member(word ?? plain)), type: type, word: word)
        }
        var text = "public indirect enum \(name): Codable, Sendable, Hashable {\n"
        text += cases.map { "    case \(SwiftText.quoted($0.name))(\($0.type))\n" }.joined()
        text += "\n    public init(from decoder: any Decoder) throws {\n"
        if let tag, cases.allSatisfy({ $0.word != nil }) {
            text += "        let tag = try decoder.tag(\(SwiftText.literal(tag)))\n        switch tag {\n"
            for each in cases {
                text +=
                    "        case \(SwiftText.literal(each.word ?? "")): self = .\(each.name)(try \(each.type)(from: decoder))\n"
            }
            text += "        default: throw decoder.unknown(tag)\n        }\n"
        } else {
            for each in cases {
                text += "        if let value = try? decoder.singleValueContainer().decode(\(each.type).self) {\n"
                text += "            self = .\(each.name)(value)\n            return\n        }\n"
            }
            text += "        throw decoder.unknown(\"a value of another type\")\n"
        }
        text += "    }\n\n    public func encode(to encoder: any Encoder) throws {\n        switch self {\n"
        text += cases.map { "        case .\($0.name)(let value): try value.encode(to: encoder)\n" }.joined()
        return text + "        }\n    }\n}\n"
    }
}
