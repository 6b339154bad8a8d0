// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// A model, as it was declared, with what is said of its table.
struct ModelDeclaration {
    /// The model's own name, from where an extension stands.
    let type: String
    let table: String
    let columns: [ModelColumn]
    let indexes: [ModelIndex]
    /// The rules in SQL, each with its name.
    let checks: [(name: String, rule: String)]
    /// The columns that are searched as text.
    let searched: [String]
    /// Their language, where it is said.
    let searchLanguage: String?

    /// Whether the struct says itself what `id` is.
    let hasID: Bool

    /// The columns of the key.
    var keys: [ModelColumn] { self.columns.filter(\.isKey) }

    /// Whether the database counts the keys up.
    var isCounted: Bool {
        guard self.keys.count == 1, let key = self.keys.first, key.reference == nil else { return false }
        return ModelColumn.integers.contains(key.property.plainType)
    }

    init(_ declaration: StructDeclSyntax, _ node: AttributeSyntax, type: String) throws(Mistake) {
        guard let argument = node.list.first, let table = argument.expression.stringValue else {
            throw Mistake(
                "@Model takes the table's name, a string without interpolation: @Model(\"tickets\")",
                at: node
            )
        }
        try ModelName.checkTable(table, at: argument)
        var columns: [ModelColumn] = []
        for property in try Property.all(of: declaration, areColumns: true) {
            guard let variable = property.declaration else { continue }
            columns.append(try ModelColumn(property, of: variable))
        }
        self.type = type
        self.table = table
        self.columns = columns
        self.hasID = declaration.memberBlock.members.contains { member in
            let bindings = member.decl.as(VariableDeclSyntax.self)?.bindings
            return bindings?.contains { $0.pattern.trimmedDescription == "id" } ?? false
        }
        let markers = Markers(declaration.attributes)
        self.indexes = try ModelIndex.all(columns, markers)
        self.checks = try Self.checks(columns, markers)
        self.searched = try Self.searched(columns, markers)
        self.searchLanguage =
            markers.first("FullText")?.list.first { $0.label?.text == "language" }?
            .expression.trimmedDescription
        try self.check(declaration)
    }

    // MARK: - What attributes of the struct say

    /// The columns that an attribute of the struct names by their properties.
    static func columns(_ columns: [ModelColumn], of attribute: AttributeSyntax) throws(Mistake) -> [ModelColumn] {
        var named: [ModelColumn] = []
        for argument in attribute.list where argument.label == nil {
            let name = argument.expression.stringValue
            guard let column = columns.first(where: { $0.propertyName == name }) else {
                throw Mistake("there is no property \(argument.expression.trimmedDescription)", at: argument.expression)
            }
            named.append(column)
        }
        if named.isEmpty { throw Mistake("name the properties: @\(attribute.name)(\"subject\")", at: attribute) }
        return named
    }

    private static func searched(_ columns: [ModelColumn], _ markers: Markers) throws(Mistake) -> [String] {
        guard let attribute = markers.first("FullText") else { return [] }
        let searched = try self.columns(columns, of: attribute)
        for (column, argument) in zip(searched, attribute.list)
        where ModelColumn.textless.contains(column.property.plainType) {
            throw Mistake("'\(column.propertyName)' is no text to search in", at: argument.expression)
        }
        return searched.map(\.name)
    }

    /// Rules are named after the columns that they mention, as PostgreSQL does it.
    private static func checks(
        _ columns: [ModelColumn],
        _ markers: Markers
    ) throws(Mistake) -> [(name: String, rule: String)] {
        var checks: [(name: String, rule: String)] = []
        var counts: [String: Int] = [:]
        func add(_ rule: String, _ name: String) {
            counts[name, default: 0] += 1
            let count = counts[name] ?? 1
            checks.append((count == 1 ? name : "\(name)_\(count)", rule))
        }
        for column in columns {
            for rule in column.checks { add(rule, column.name) }
        }
        for attribute in markers.all("Check") {
            for rule in try attribute.sql("stars BETWEEN 1 AND 5") {
                let words = Set(rule.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
                let names = columns.map(\.name).filter(words.contains)
                add(rule, names.isEmpty ? "row" : names.joined(separator: "_"))
            }
        }
        return checks
    }

    // MARK: - What cannot be

    private func check(_ declaration: StructDeclSyntax) throws(Mistake) {
        try self.checkNames()
        try self.checkKey(declaration)
        try self.checkRelations()
        let versions = self.columns.filter(\.isVersion)
        if versions.count > 1, let place = versions[1].property.place {
            throw Mistake("a row has one version; '\(versions[0].propertyName)' is it already", at: place)
        }
        let reserved = ["Columns", "Draft", "ID"]
        for member in declaration.memberBlock.members {
            guard let name = member.decl.declaredType, reserved.contains(name.text) else { continue }
            throw Mistake("@Model makes a type of this name; call yours otherwise", at: name)
        }
    }

    private func checkNames() throws(Mistake) {
        var seen: [String: ModelColumn] = [:]
        for column in self.columns {
            // SQLite does not tell the case of letters apart.
            if let other = seen.updateValue(column, forKey: column.name.lowercased()), let place = column.property.place
            {
                throw Mistake(
                    "'\(other.propertyName)' has the column \"\(column.name)\" already; give another by @Column",
                    at: place
                )
            }
        }
    }

    private func checkKey(_ declaration: StructDeclSyntax) throws(Mistake) {
        guard let key = self.keys.first else {
            throw Mistake("a model has a key: put @ID on a property, as in '@ID var id: Int64'", at: declaration.name)
        }
        let other = self.columns.first { $0.propertyName == "id" }
        guard let other, let place = other.property.place else { return }
        if self.keys.count > 1 {
            throw Mistake("'id' is the key of several properties together; call this one otherwise", at: place)
        }
        if key.propertyName != "id" {
            throw Mistake("'id' is the key, which '\(key.propertyName)' is; put @ID here or rename it", at: place)
        }
    }

    private func checkRelations() throws(Mistake) {
        var taken = Set(self.columns.map(\.propertyName))
        for reference in self.columns.compactMap(\.reference) {
            guard let relation = reference.relation, !taken.insert(relation).inserted else { continue }
            throw Mistake(
                "the relation would be called '\(relation)', as something else is; add as: \"…\"",
                at: reference.attribute
            )
        }
    }
}

/// An index of a model's table.
struct ModelIndex: Hashable {
    let columns: [String]
    let isUnique: Bool

    /// The indexes of columns, then those that the struct names; references have one unless a longer one serves.
    static func all(_ columns: [ModelColumn], _ markers: Markers) throws(Mistake) -> [ModelIndex] {
        var indexes: [ModelIndex] = []
        for column in columns {
            if column.isUnique { indexes.append(ModelIndex(columns: [column.name], isUnique: true)) }
            if column.isIndexed { indexes.append(ModelIndex(columns: [column.name], isUnique: false)) }
        }
        for (name, isUnique) in [("Unique", true), ("Index", false)] {
            for attribute in markers.all(name) {
                let named = try ModelDeclaration.columns(columns, of: attribute)
                indexes.append(ModelIndex(columns: named.map(\.name), isUnique: isUnique))
            }
        }
        let first = Set(indexes.compactMap(\.columns.first) + [columns.first(where: \.isKey)?.name].compactMap { $0 })
        indexes += columns.filter { $0.reference != nil && !first.contains($0.name) }
            .map { ModelIndex(columns: [$0.name], isUnique: false) }
        // What is said twice is there once.
        var seen: Set<ModelIndex> = []
        return indexes.filter { seen.insert($0).inserted }
    }
}

extension DeclSyntax {
    /// The name of a type that is declared.
    fileprivate var declaredType: TokenSyntax? {
        self.as(StructDeclSyntax.self)?.name ?? self.as(EnumDeclSyntax.self)?.name ?? self.as(ClassDeclSyntax.self)?
            .name
            ?? self.as(ActorDeclSyntax.self)?.name ?? self.as(TypeAliasDeclSyntax.self)?.name
    }
}
