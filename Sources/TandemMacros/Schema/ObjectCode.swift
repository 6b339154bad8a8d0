// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The code that reads, writes and describes an object of properties.
///
/// A struct is one; so is each case of an enum whose values are told apart by a tag.
struct ObjectCode {
    let properties: [Property]
    /// The key that tells which case it is, and its value; the reader skips it, the writer begins with it.
    var tag: (key: String, value: String)?
    /// What becomes of keys that none of the properties has, as a case of `UnknownKeys`.
    var unknownKeys = "ignore"
    /// Where the rules stand, such as `SchemaRules.`; `nil` where they have to be made each time.
    var rulePrefix: String?

    private var keys: [String] { self.properties.map(\.key) + (self.tag.map { [$0.key] } ?? []) }

    /// The names of the keys, as a literal.
    var keyList: String { "[" + self.keys.map(\.literal).joined(separator: ", ") + "]" }

    private func rule(_ property: Property, _ index: Int) -> String {
        self.rulePrefix.map { "\($0)\(property.ruleName(index))" } ?? property.rules[index]
    }

    // MARK: - Reading

    /// Reads the properties into variables, and leaves where one is missing or wrong.
    ///
    /// - Parameters:
    ///   - keys: The expression that has the keys.
    ///   - leaving: The statement that leaves.
    /// - Returns: The code.
    func reading(keys: String, leaving: String) -> String {
        """
        guard try reader.beginObject() else { \(leaving) }
        let schemaKeys: [JSONKey] = \(keys)
        let keys = schemaKeys.span
        \(self.properties.map { "var \($0.variable): \($0.optionalType ?? $0.type)?" }.joined(separator: "\n"))
        \(self.seenWords.map { "var seen\($0): UInt64 = 0" }.joined(separator: "\n"))
        \(self.hasOptionals ? "var isWhole = true" : "")
        \(self.unknownKeys == "keep" ? "var _unknownKeys = JSONObject()" : "")
        var place = ObjectPlace()
        while let field = try reader.nextField(keys, &place) {
            switch field {
            \(self.properties.enumerated().map(self.readingCase).joined(separator: "\n"))
            \(self.tag == nil ? "" : "case \(self.properties.count): try reader.skipValue()")
            default: \(self.readingUnknown)
            }
        }
        \(self.seenWords.map(self.missing).joined(separator: "\n"))
        \(self.whole(leaving: leaving))
        """
    }

    private func readingCase(_ index: Int, _ property: Property) -> String {
        let arguments = "(at: \(property.key.literal), into: &\(property.variable))"
        let checks = self.checks(property, index)
        let check =
            checks.isEmpty ? "" : "if case \(property.checkedPattern) = \(property.variable) { \(checks) }"
        return """
            case \(index):
                \(property.isMissed ? "seen\(index / 64) |= \(Self.bit(index))" : "")
                \(property.optionalType == nil
                    ? "try reader.value\(arguments)" : "if try !reader.valueOrNull\(arguments) { isWhole = false }")
                \(check)
            """
    }

    private func checks(_ property: Property, _ index: Int) -> String {
        property.rules.indices
            .map { "reader.check(value, \(self.rule(property, $0)), at: \(property.key.literal))" }
            .joined(separator: "; ")
    }

    private var readingUnknown: String {
        switch self.unknownKeys {
        case "keep": "try reader.keepUnknown(in: &_unknownKeys, place)"
        case "refuse": "try reader.refuseUnknown(place)"
        default: "try reader.skipValue()"
        }
    }

    private var hasOptionals: Bool { self.properties.contains { $0.optionalType != nil } }

    /// The words of bits that say which properties were there, of those that are missed otherwise.
    private var seenWords: [Int] {
        Set(self.properties.indices.filter { self.properties[$0].isMissed }.map { $0 / 64 }).sorted()
    }

    private static func bit(_ index: Int) -> String { "0x" + String(UInt64(1) << UInt64(index % 64), radix: 16) }

    /// What the properties are whose keys were not there.
    private func missing(_ word: Int) -> String {
        let indices = self.properties.indices.filter { $0 / 64 == word && self.properties[$0].isMissed }
        let all = indices.reduce(UInt64(0)) { $0 | UInt64(1) << UInt64($1 % 64) }
        let each = indices.map { index in
            let property = self.properties[index]
            let value =
                property.fallback.map { "(\($0)) as \(property.type)" }
                ?? "reader.missing(at: \(property.key.literal))"
            return "if seen\(word) & \(Self.bit(index)) == 0 { \(property.variable) = \(value) }"
        }
        return "if seen\(word) != 0x\(String(all, radix: 16)) {\n\(each.joined(separator: "\n"))\n}"
    }

    /// Leaves where a property is missing or wrong; optional ones say so themselves.
    private func whole(leaving: String) -> String {
        let variables = self.properties.filter { $0.optionalType == nil }.map { "let \($0.variable)" }
        let conditions = (self.hasOptionals ? ["isWhole"] : []) + variables
        return conditions.isEmpty ? "" : "guard \(conditions.joined(separator: ", ")) else { \(leaving) }"
    }

    // MARK: - Reading in place

    /// Adds the properties to `JSONFields` named `fields`.
    var fields: String {
        let lines = self.properties.enumerated().map { index, property in
            var arguments = [property.key.literal, "\\.\(property.name)"]
            if property.isMissed, let fallback = property.fallback { arguments.append("absent: { \(fallback) }") }
            let checks = self.checks(property, index)
            if !checks.isEmpty {
                arguments.append("check: { value, reader in \(property.checkingInPlace(checks)) }")
            }
            return "fields.add(\(arguments.joined(separator: ", ")))"
        }
        return lines.joined(separator: "\n")
    }

    // MARK: - Writing

    /// Writes the properties, each had by `value`.
    func writing(_ value: (Property) -> String) -> String {
        let tag = self.tag.map { "writer.property(\(($0.key.json + ":").literal), \($0.value.literal))" }
        let properties = self.properties.map { "writer.property(\(($0.key.json + ":").literal), \(value($0)))" }
        let unknown = self.unknownKeys == "keep" ? ["writer.properties(self.unknownKeys)"] : []
        let lines = ["writer.beginObject()"] + [tag].compactMap { $0 } + properties + unknown + ["writer.endObject()"]
        return lines.joined(separator: "\n")
    }

    // MARK: - Describing

    /// Makes an `ObjectDescription` named `object`.
    func describing(_ documentation: String?) -> String {
        var lines = [
            "var object = ObjectDescription(description: \(documentation?.literal ?? "nil"), unknownKeys: .\(self.unknownKeys))"
        ]
        if let tag { lines.append("object.tag(\(tag.key.literal), \(tag.value.literal))") }
        lines += self.properties.map { property in
            var arguments = [property.key.literal, "\(property.type).self", "in: &definitions"]
            if let documentation = property.documentation { arguments.append("description: \(documentation.literal)") }
            if let fallback = property.fallback {
                arguments.append(property.hasFixedDefault ? "default: (\(fallback))" : "hasDefault: true")
            }
            if !property.examples.isEmpty {
                arguments.append("examples: [\(property.examples.joined(separator: ", "))]")
            }
            if !property.rules.isEmpty {
                let rules = property.rules.indices.map { self.rule(property, $0) }
                arguments.append("rules: [\(rules.joined(separator: ", "))]")
            }
            return "object.property(\(arguments.joined(separator: ", ")))"
        }
        return lines.joined(separator: "\n")
    }

    // MARK: - Rules

    /// The rules, each made once.
    var ruleDeclarations: String {
        let lines = self.properties.flatMap { property in
            property.rules.indices.map { "static let \(property.ruleName($0)) = \(property.rules[$0])" }
        }
        return lines.joined(separator: "\n")
    }
}

extension Property {
    /// Whether something is to be done where its key is not there; an optional is `nil` then.
    fileprivate var isMissed: Bool {
        self.optionalType == nil || self.fallback.map { !$0.is(NilLiteralExprSyntax.self) } ?? false
    }

    func ruleName(_ index: Int) -> String { "\(self.name.withoutBackticks)\(index)" }
}
