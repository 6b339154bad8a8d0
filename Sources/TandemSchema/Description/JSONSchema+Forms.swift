// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONSchema {
    private var isNullable: Bool {
        if case .array(let types)? = self["type"] { return types.contains("null") }
        guard case .array(let choices)? = self["anyOf"] else { return false }
        return choices.contains(["type": "null"])
    }

    /// The schema of the same values but `null`: where there is no text for it, as in a header field.
    package var withoutNull: JSONSchema {
        var copy = self
        if copy["default"] == .null { copy["default"] = nil }
        if case .array(let types)? = self["type"] {
            let others = types.filter { $0 != "null" }
            copy["type"] = others.count == 1 ? others[0] : .array(others)
        }
        guard case .array(let choices)? = self["anyOf"] else { return copy }
        let others = choices.filter { $0 != ["type": "null"] }
        guard others.count == 1, let only = others[0].object else { return copy }
        copy["anyOf"] = nil
        return JSONSchema(only + copy.keywords)
    }

    /// The schema of the same values in a form, where an empty text stands for `null`.
    package var withEmptyForNull: JSONSchema {
        guard self.isNullable else { return self }
        var value = self.withoutNull
        var choice = JSONSchema()
        for keyword in ["description", "default", "examples"] {
            choice[keyword] = value[keyword]
            value[keyword] = nil
        }
        choice["anyOf"] = [.object(value.keywords), ["type": "string", "maxLength": 0]]
        return choice
    }

    /// The schema of the same objects as forms; `nil` where it has no properties.
    package var asForm: JSONSchema? {
        guard let properties = self["properties"]?.object else { return nil }
        var copy = self
        copy["properties"] = .object(
            properties.reduce(into: [:]) { fields, property in
                guard let keywords = property.value.object else { return }
                fields[property.name] = .object(JSONSchema(keywords).withEmptyForNull.keywords)
            }
        )
        return copy
    }
}
