// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Writes types as TypeScript.
package struct TypeScriptTypes {
    /// What the declared types are called, by their names in the document.
    private let names: [String: String]
    /// The names of types that are only ever received.
    private let received: Set<String>

    /// A writer.
    ///
    /// - Parameters:
    ///   - names: What declared types are called, by their names in the document.
    ///   - received: The names of those that only the server writes; all that it always writes is there in them.
    package init(names: [String: String], received: Set<String> = []) {
        self.names = names
        self.received = received
    }

    /// The declaration of a type, with its documentation.
    package func declaration(_ type: TypeDeclaration) -> String {
        let name = self.names[type.name] ?? "unknown"
        let isReceived = self.received.contains(type.name)
        let comment = TypeScriptText.comment(type.description, isDeprecated: type.isDeprecated)
        switch type.shape {
        case .object(let object):
            return comment + "export interface \(name) \(self.members(object, isReceived: isReceived))\n"
        case .union(let shapes, _):
            let members = shapes.map { "  | \(self.expression($0, isReceived: isReceived, indent: "    "))" }
            return comment + "export type \(name) =\n\(members.joined(separator: "\n"));\n"
        default:
            return comment + "export type \(name) = \(self.expression(type.shape, isReceived: isReceived));\n"
        }
    }

    /// A type where one is used.
    package func expression(_ shape: TypeShape, isReceived: Bool = false, indent: String = "") -> String {
        switch shape {
        case .any: return "unknown"
        case .null: return "null"
        case .boolean: return "boolean"
        case .integer, .double, .decimal: return "number"
        case .text(.binary): return "Blob"
        case .text: return "string"
        case .constants(let values): return values.map(TypeScriptText.literal).joined(separator: " | ")
        case .named(let name): return self.names[name] ?? "unknown"
        case .nullable(let shape):
            let text = self.expression(shape, isReceived: isReceived, indent: indent)
            return text == "unknown" ? text : "\(text) | null"
        case .array(let element):
            let text = self.expression(element, isReceived: isReceived, indent: indent)
            return element.isAlternative ? "(\(text))[]" : "\(text)[]"
        case .dictionary(let value):
            return "{ [name: string]: \(self.expression(value, isReceived: isReceived, indent: indent)) }"
        case .union(let shapes, _):
            return shapes.map { self.expression($0, isReceived: isReceived, indent: indent) }.joined(separator: " | ")
        case .object(let object): return self.members(object, isReceived: isReceived, indent: indent)
        }
    }

    /// The members of an object type, in braces; on one line where nothing is said of them and they are few.
    package func members(_ object: ObjectShape, isReceived: Bool = false, indent: String = "") -> String {
        if object.properties.isEmpty { return "{ [name: string]: never }" }
        let inner = indent + "  "
        let members = object.properties.map { property in
            let isThere = property.isRequired || isReceived && property.isAlwaysAnswered
            let type = self.expression(property.shape, isReceived: isReceived, indent: inner)
            return (
                comment: TypeScriptText.comment(
                    property.remarks,
                    isDeprecated: property.isDeprecated,
                    fallback: isThere ? nil : property.fallback,
                    indent: inner
                ), text: "\(TypeScriptText.name(property.name))\(isThere ? "" : "?"): \(type);"
            )
        }
        let line = members.map(\.text).joined(separator: " ").dropLast()
        let isShort = line.count + indent.count < 90 && !line.contains("\n") && members.allSatisfy(\.comment.isEmpty)
        if !indent.isEmpty, isShort { return "{ \(line) }" }
        return "{\n" + members.map { "\($0.comment)\(inner)\($0.text)\n" }.joined() + indent + "}"
    }
}

extension TypeShape {
    /// Whether an array of it needs parentheses.
    fileprivate var isAlternative: Bool {
        switch self {
        case .nullable, .union: true
        case .constants(let values): values.count > 1
        default: false
        }
    }

    /// Whether JavaScript's numbers lose digits of it.
    package var isTooWideForDouble: Bool {
        switch self {
        case .integer(let size): size != .narrow && size != .int64
        case .decimal: true
        case .nullable(let shape), .array(let shape), .dictionary(let shape): shape.isTooWideForDouble
        case .union(let shapes, _): shapes.contains(where: \.isTooWideForDouble)
        default: false
        }
    }
}

extension PropertyShape {
    /// Its documentation, with a warning where digits may be lost.
    package var remarks: String? {
        guard self.shape.isTooWideForDouble else { return self.description }
        return [self.description, "JavaScript keeps about 16 of its digits."].compactMap(\.self).joined(separator: "\n")
    }
}
