// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// The properties of a model that is written for a table.
struct ModelProperties {
    private let table: Table
    /// What each column's property is called.
    private var names: [String: String] = [:]
    /// The models that columns refer to.
    private var models: [String: String] = [:]

    init(of table: Table, referred: (TableColumn) -> String?) {
        self.table = table
        var taken = UniqueNames()
        for column in table.columns {
            self.models[column.name] = referred(column)
            var name = SwiftName(column.name).property
            // The relation is called as the property without `ID`.
            if self.models[column.name] != nil, !name.hasSuffix("ID") { name += "ID" }
            self.names[column.name] = taken.take(name)
        }
    }

    private func name(_ column: String) -> String { self.names[column] ?? column }

    // MARK: - The struct

    /// The attributes of the struct, a line each.
    var attributes: [String] {
        var lines: [String] = []
        for index in self.table.indexes where index.columns.count > 1 {
            let names = index.columns.map { self.name($0).swiftLiteral }.joined(separator: ", ")
            lines.append("@\(index.isUnique ? "Unique" : "Index")(\(names))")
        }
        lines += self.table.checks.map { "@Check(\($0.rule.swiftLiteral))" }
        if !self.table.searched.isEmpty {
            let names = self.table.searched.map { self.name($0).swiftLiteral }.joined(separator: ", ")
            let language = self.table.searchLanguage
            lines.append("@FullText(\(names)\(language == .simple ? "" : ", language: .\(language.rawValue)"))")
        }
        return lines
    }

    // MARK: - Properties

    func text(of column: TableColumn) -> String {
        var words: [String] = []
        let name = self.name(column.name)
        if self.table.key.contains(column.name) { words.append("@ID") }
        if Identifier(name).snake != column.name { words.append("@Column(\(column.name.swiftLiteral))") }
        if let model = self.models[column.name], let reference = column.reference {
            let rule = reference.onDelete == .restrict ? "" : ", onDelete: .\(reference.onDelete.rawValue)"
            words.append("@Reference(\(model).self\(rule))")
        }
        for index in self.table.indexes where index.columns == [column.name] {
            if index.isUnique {
                words.append("@Unique")
            } else if self.models[column.name] == nil {
                words.append("@Index")
            }
        }
        if let formula = column.generated { words.append("@Generated(\(formula.swiftLiteral))") }
        words.append("var \(name.swiftIdentifier): \(self.type(of: column))")
        return words.joined(separator: " ") + (self.value(of: column).map { " = \($0)" } ?? "")
    }

    private func type(of column: TableColumn) -> String {
        let type = self.models[column.name].map { "\($0).ID" } ?? column.type.swift(isKey: self.isKey(column))
        return type + (column.isOptional ? "?" : "")
    }

    private func isKey(_ column: TableColumn) -> Bool { self.table.key == [column.name] }

    private func value(of column: TableColumn) -> String? {
        switch column.defaultValue {
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text(let value) where column.type == .text: value.swiftLiteral
        case .text(let value) where column.type == .decimal: value
        case .now: ".now"
        case .text, .json, nil: nil
        }
    }

    /// What the property does not say of its column.
    func notes(on column: TableColumn) -> [String] {
        var notes: [String] = []
        if let value = column.defaultValue, self.value(of: column) == nil {
            notes.append("Its default is \(value.text).")
        }
        if let reference = column.reference, self.models[column.name] == nil {
            notes.append("It refers to \(reference.table).\(reference.column), which is not the key of a model.")
        }
        if self.isKey(column), column.type == .integer, !column.isCounted, column.reference == nil {
            notes.append("The database does not count it up; for a model it would.")
        }
        for index in self.table.indexes where index.columns.first == column.name {
            let own = TableIndex(index.columns, of: self.table.name, isUnique: index.isUnique).name
            if own != index.name { notes.append("Its index is called \(index.name); a model's is \(own).") }
        }
        return notes
    }
}

extension ColumnType {
    /// What Swift has for it.
    fileprivate func swift(isKey: Bool) -> String {
        switch self {
        case .boolean: "Bool"
        case .integer: isKey ? "Int64" : "Int"
        case .double: "Double"
        case .text: "String"
        case .bytes: "Data"
        case .timestamp: "Date"
        case .uuid: "UUID"
        case .decimal: "Decimal"
        case .json: "JSON"
        }
    }
}
