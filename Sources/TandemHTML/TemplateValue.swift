// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Mustache
import Mustache
import TandemAPI
import TandemSchema

/// A value as Mustache looks into it: property by property, as a template asks for them.
struct TemplateValue: MustacheParent, MustacheCustomRenderable {
    private let content: Content

    private enum Content {
        case null
        case json(JSONObject)
        case dictionary([String: Any])
        case mirrored(Any)
    }

    /// What a value is to a template: text, a number, a Boolean, an array, or something with properties.
    static func of(_ value: Any) -> Any {
        switch value {
        case is String, is Bool, is Int: return value
        case let html as HTML: return html.text
        case let json as JSON: return self.of(json)
        case let schema as any Schema:
            if let json = schema.asJSON { return self.of(json) }
        case let values as [String: Any]: return TemplateValue(content: .dictionary(values))
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { self.of($0.value) } ?? TemplateValue(content: .null)
        case .collection, .set: return mirror.children.map { self.of($0.value) }
        default: return TemplateValue(content: .mirrored(value))
        }
    }

    private static func of(_ json: JSON) -> Any {
        switch json {
        case .null: TemplateValue(content: .null)
        case .bool(let value): value
        case .number(let text): Int(text) ?? text as Any
        case .string(let text): text
        case .array(let values): values.map(self.of)
        case .object(let object): TemplateValue(content: .json(object))
        }
    }

    /// The property of a name; `nil` has Mustache look for it in what is around.
    func child(named name: String) -> Any? {
        switch self.content {
        case .null: nil
        case .json(let object): object[name].map(Self.of)
        case .dictionary(let values): values[name].map(Self.of)
        case .mirrored(let value): Self.property(name, of: Mirror(reflecting: value)).map(Self.of)
        }
    }

    private static func property(_ name: String, of mirror: Mirror) -> Any? {
        mirror.children.first { $0.label == name }?.value
            ?? mirror.superclassMirror.flatMap { self.property(name, of: $0) }
    }

    var isNull: Bool { if case .null = self.content { true } else { false } }

    var renderText: String {
        switch self.content {
        case .null: ""
        case .json(let object): (try? JSON.text(object)) ?? ""
        case .dictionary(let values): String(describing: values)
        case .mirrored(let value): String(describing: value)
        }
    }
}
#endif
