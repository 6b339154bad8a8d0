// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

/// How the fields of a form or a query become JSON that a type reads.
///
/// It is made of the type's JSON Schema, once; the type's own reader then says what is wrong with the values, so that
/// every rule holds for forms as it does for JSON.
struct FieldGuide: Sendable {
    private let root: FieldShape
    private let shapes: [String: FieldShape]

    /// The guide to a type; `nil` where its values are no objects, and so no fields.
    init?<Value: Schema>(_ type: Value.Type) {
        var definitions = Definitions()
        let prefix = definitions.prefix
        let root = FieldShape(Value.describe(in: &definitions).keywords, prefix: prefix)
        let shapes = definitions.schemas.map { ($0.name, FieldShape($0.value.object ?? JSONObject(), prefix: prefix)) }
        self.root = root
        self.shapes = Dictionary(shapes) { $1 }
        switch self.resolved(root) {
        case .object, .choice: break
        default: return nil
        }
    }

    /// Reads a value of fields into its place, and gives all that is wrong with it.
    func read<Value: Schema>(
        of fields: FormFields,
        limits: JSONLimits,
        into value: inout Value?
    ) throws -> [Violation] {
        let json = try JSON.encode(self.json(fields))
        return try JSON.read(from: json.span, limits: limits, into: &value)
    }

    /// The fields as JSON.
    func json(_ fields: FormFields) -> JSON {
        var tree = FieldTree()
        for (name, text) in fields { tree.add(text, at: self.path(name)) }
        return self.object(tree, self.resolved(self.root))
    }

    // MARK: - Names

    /// Whether a property of this name takes fields, or those in it do.
    func has(_ name: String) -> Bool { self.property(self.path(name)[0], of: self.root) != nil }

    /// Whether the values of a property are objects.
    func isObject(_ name: String) -> Bool {
        switch self.property(name, of: self.root).map(self.resolved) {
        case .object, .choice: true
        default: false
        }
    }

    /// The names that lead to what a field holds; a name that leads nowhere stays whole, as a key that is unknown.
    private func path(_ name: String) -> [String] {
        guard let path = FieldName.path(name), let shape = self.property(path[0], of: self.root) else { return [name] }
        switch self.resolved(shape) {
        case .text, .number, .boolean: return [name]
        default: return self.isProperty(name) ? [name] : path
        }
    }

    /// Whether a name is that of a property to the letter, with brackets and dots.
    private func isProperty(_ name: String) -> Bool {
        switch self.resolved(self.root) {
        case .object(let properties, _): properties[name] != nil
        default: false
        }
    }

    private func property(_ name: String, of shape: FieldShape) -> FieldShape? {
        switch self.resolved(shape) {
        case .object(let properties, let others): properties[name] ?? others
        case .choice(_, let choices):
            choices.keys.sorted().lazy.compactMap { choices[$0] }.compactMap { self.property(name, of: $0) }.first
        default: nil
        }
    }

    /// The shape that a name stands for, `null` aside.
    private func resolved(_ shape: FieldShape) -> FieldShape {
        var shape = shape
        // A type that is nothing but a name of itself would have no end.
        for _ in 0..<FieldName.depth {
            switch shape {
            case .named(let name): shape = self.shapes[name] ?? .any
            case .nullable(let inner): shape = inner
            default: return shape
            }
        }
        return .any
    }

    // MARK: - Values

    private func json(_ tree: FieldTree, _ shape: FieldShape) -> JSON {
        switch shape {
        case .named(let name): return self.json(tree, self.shapes[name] ?? .any)
        case .nullable(let inner):
            return tree.names.isEmpty && tree.texts == [""] ? .null : self.json(tree, inner)
        case .array(let element): return self.array(tree, of: element) ?? self.object(tree, .any)
        default:
            if tree.texts.isEmpty { return self.object(tree, shape) }
            let values = tree.texts.map { self.value($0, shape) }
            let below = tree.names.isEmpty ? [] : [self.object(tree, shape)]
            // Of several none is the right one; that they are an array is what the reader says.
            return values.count + below.count == 1 ? values[0] : .array(values + below)
        }
    }

    private func value(_ text: String, _ shape: FieldShape) -> JSON {
        switch shape {
        case .number where JSONReader.isNumber(text): return .number(text)
        case .boolean: return Bool(text: text).map(JSON.bool) ?? .string(text)
        // OpenAPI has objects in forms as parts that are JSON.
        case .object, .choice:
            guard text.utf8.first == UInt8(ascii: "{"), let object = try? JSON.decode(JSON.self, from: text) else {
                return .string(text)
            }
            return object
        default: return .string(text)
        }
    }

    private func object(_ tree: FieldTree, _ shape: FieldShape) -> JSON {
        var shape = shape
        if case .choice(let tag, let choices) = shape {
            shape = tree[tag]?.texts.first.flatMap { choices[$0] } ?? .any
        }
        var object = JSONObject()
        for name in tree.names {
            guard let below = tree[name] else { continue }
            object.append(name, self.json(below, self.property(name, of: shape) ?? .any))
        }
        return .object(object)
    }

    /// The elements: texts under the name, under `name[]`, and what is under `name[0]`, `name[1]`, … in that order.
    ///
    /// - Returns: `nil` where there are other names below.
    private func array(_ tree: FieldTree, of element: FieldShape) -> JSON? {
        var elements = tree.texts.map { self.json(FieldTree(texts: [$0]), element) }
        var numbered: [(Int, JSON)] = []
        for name in tree.names {
            guard let below = tree[name] else { continue }
            if name.isEmpty {
                if !below.names.isEmpty { elements.append(self.object(below, self.resolved(element))) }
                elements += below.texts.map { self.json(FieldTree(texts: [$0]), element) }
            } else {
                guard name.utf8.count < 10, let index = UInt32(name) else { return nil }
                numbered.append((Int(index), self.json(below, element)))
            }
        }
        return .array(elements + numbered.sorted { $0.0 < $1.0 }.map(\.1))
    }
}
