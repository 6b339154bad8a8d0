// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// What makes a struct a `Model`: its table, and how rows are read and written.
struct ModelCode {
    private let model: ModelDeclaration
    private let access: String

    init(_ model: ModelDeclaration, access: String) {
        self.model = model
        self.access = access
    }

    var members: [String] {
        [self.key, self.names, self.table, self.reading, self.writing, self.keyValues, self.changes]
    }

    // MARK: - The key

    private var key: String {
        let keys = self.model.keys.map(\.property)
        guard keys.count == 1, let key = keys.first else {
            let arguments = keys.map { "\($0.name): self.\($0.name)" }.joined(separator: ", ")
            return self.compositeKey(keys) + "\n\n" + self.id("ID(\(arguments))")
        }
        return "\(self.access)typealias ID = \(key.type)\n\n" + self.id("self.\(key.name)")
    }

    private func id(_ value: String) -> String {
        self.model.hasID ? "" : "/// The key.\n\(self.access)var id: ID { \(value) }"
    }

    private func compositeKey(_ keys: [Property]) -> String {
        """
        /// A key: several values together.
        \(self.access)struct ID: Hashable, Sendable {
            \(keys.map { "\(self.access)var \($0.name): \($0.type)" }.joined(separator: "\n"))

            /// A key from its parts.
            \(self.access)init(\(keys.map { "\($0.name): \($0.type)" }.joined(separator: ", "))) {
                \(keys.map { "self.\($0.name) = \($0.name)" }.joined(separator: "\n"))
            }
        }
        """
    }

    private var keyValues: String {
        let keys = self.model.keys
        let values = keys.count == 1 ? ["SQLValue(of: id)"] : keys.map { "SQLValue(of: id.\($0.property.name))" }
        return """
            \(self.access)static func keyValues(of id: ID) -> [SQLValue] {
                [\(values.joined(separator: ", "))]
            }
            """
    }

    // MARK: - The table

    private var names: String {
        """
        \(self.access)static var tableName: String { \(self.model.table.literal) }

        \(self.access)static var keyColumns: [String] { [\(self.model.keys.map(\.name).literals)] }
        """
    }

    /// A statement for each part: one expression of them all would take the compiler long.
    private var table: String {
        var lines = self.model.columns.map { "table.columns.append(\(self.column($0)))" }
        lines += self.model.indexes.map { index in
            let isUnique = index.isUnique ? ", isUnique: true" : ""
            return "table.indexes.append(TableIndex([\(index.columns.literals)], of: Self.tableName\(isUnique)))"
        }
        lines += self.model.checks.map { name, rule in
            "table.checks.append(TableCheck(\(rule.literal), of: Self.tableName, named: \(name.literal)))"
        }
        if !self.model.searched.isEmpty { lines.append("table.searched = [\(self.model.searched.literals)]") }
        if let language = self.model.searchLanguage { lines.append("table.searchLanguage = \(language)") }
        return """
            \(self.access)static let table: Table = {
                var table = Table(Self.tableName, columns: [], key: Self.keyColumns)
                \(lines.joined(separator: "\n"))
                return table
            }()
            """
    }

    private func column(_ column: ModelColumn) -> String {
        let property = column.property
        var arguments = [column.name.literal, "of: \(property.type).self"]
        if let fallback = property.fallback, property.hasFixedDefault, !fallback.is(NilLiteralExprSyntax.self) {
            arguments.append("default: (\(fallback)) as \(property.type)")
        }
        var changes: [String] = []
        if property.isNow { changes.append("$0.defaultValue = .now") }
        if column.isKey, self.model.isCounted { changes.append("$0.isCounted = true") }
        if let generated = column.generated { changes.append("$0.generated = \(generated.literal)") }
        if let reference = column.reference {
            let rule = reference.deleteRule.map { ", onDelete: \($0)" } ?? ""
            changes.append("$0.reference = ColumnReference(to: \(reference.model).self\(rule))")
        }
        let code = "TableColumn(\(arguments.joined(separator: ", ")))"
        return changes.isEmpty ? code : "\(code).with { \(changes.joined(separator: "; ")) }"
    }

    // MARK: - Rows

    private var reading: String {
        """
        \(self.access)init(from row: inout RowReader) throws(DatabaseError) {
            \(self.model.columns.map { "self.\($0.property.name) = try row.read()" }.joined(separator: "\n"))
        }
        """
    }

    private var writing: String {
        let filled = self.model.columns.filter { $0.generated == nil }
        return """
            \(self.access)var filledColumns: [String] { [\(filled.map(\.name).literals)] }

            \(self.access)func write(to row: inout RowWriter) {
                \(filled.map { "row.write(self.\($0.property.name))" }.joined(separator: "\n"))
            }
            """
    }

    /// What becomes of a row that is updated.
    private var changes: String {
        var members: [String] = []
        if let version = self.model.columns.first(where: \.isVersion) {
            members.append("\(self.access)static var versionColumn: String? { \(version.name.literal) }")
        }
        let touched = self.model.columns.filter(\.isTouched).map(\.name)
        if !touched.isEmpty {
            members.append("\(self.access)static var touchedColumns: [String] { [\(touched.literals)] }")
        }
        return members.joined(separator: "\n\n")
    }
}

extension [String] {
    /// The texts as the elements of an array's literal.
    var literals: String { self.map(\.literal).joined(separator: ", ") }
}
