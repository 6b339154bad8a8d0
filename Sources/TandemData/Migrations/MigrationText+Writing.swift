// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension MigrationText: CustomStringConvertible {
    var description: String { self.operations.map { "\($0.text)\n" }.joined() }

    /// The text, each step below what it may cost rows that are there.
    ///
    /// - Parameter state: The tables before it.
    /// - Returns: The text of a file.
    /// - Throws: `DatabaseError` where the steps do not fit the state.
    func written(from state: SchemaState) throws(DatabaseError) -> String {
        let warnings = try self.operations.warnings(from: state)
        return zip(warnings, self.operations).map { warnings, operation in
            warnings.map { "-- \($0)\n" }.joined() + "\(operation.text)\n"
        }.joined()
    }
}

extension MigrationOperation {
    /// The step as a migration says it.
    var text: String {
        switch self {
        case .createTable(let table):
            (["create table \(table.name.word)"] + table.entries).joined(separator: "\n    ")
        case .dropTable(let name): "drop table \(name.word)"
        case .renameTable(let old, let name): "rename table \(old.word) to \(name.word)"
        case .addColumn(let column, let table, let fill):
            "add column \(table.word).\(column.name.word) \(column.text)\(Self.text(of: fill))"
        case .dropColumn(let name, let table, let fill):
            "drop column \(table.word).\(name.word)\(Self.text(of: fill))"
        case .renameColumn(let old, let table, let name):
            "rename column \(table.word).\(old.word) to \(name.word)"
        case .changeColumn(let column, let table, let fill):
            "change column \(table.word).\(column.name.word) \(column.text)\(Self.text(of: fill))"
        case .changeKey(let key, let table): "change key \(table.word) \(key.list)"
        case .addIndex(let index, let table):
            "add \(index.isUnique ? "unique" : "index") \(index.name.word) on \(table.word) \(index.columns.list)"
        case .dropIndex(let name, let table): "drop index \(name.word) on \(table.word)"
        case .renameIndex(let old, let table, let name):
            "rename index \(old.word) to \(name.word) on \(table.word)"
        case .addCheck(let check, let table):
            "add check \(check.name.word) on \(table.word) (\(check.rule))"
        case .dropCheck(let name, let table): "drop check \(name.word) on \(table.word)"
        case .search([], _, let table): "drop search \(table.word)"
        case .search(let columns, let language, let table):
            "search \(table.word) \(columns.list)\(language.clause)"
        case .sql(let step): step.block
        }
    }

    private static func text(of fill: ColumnFill?) -> String {
        switch fill {
        case nil: ""
        case .value(let value): " fill \(value.text)"
        case .formula(let formula): " fill (\(formula))"
        }
    }
}

extension SQLStep {
    fileprivate var block: String {
        let header = "sql\(self.isDown ? " down" : "")\(self.dialect.map { " for \($0.rawValue)" } ?? "")"
        let lines = self.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return ([header] + lines.map { $0.isEmpty ? "" : "    \($0)" }).joined(separator: "\n")
    }
}

extension Table {
    /// What stands under `create table`.
    fileprivate var entries: [String] {
        var entries = self.columns.map { column in
            "\(column.name.word) \(column.text)\(self.key == [column.name] ? " key" : "")"
        }
        if self.key.count > 1 { entries.append("key \(self.key.list)") }
        entries += self.indexes.map {
            "\($0.isUnique ? "unique" : "index") \($0.name.word) \($0.columns.list)"
        }
        entries += self.checks.map { "check \($0.name.word) (\($0.rule))" }
        if !self.searched.isEmpty { entries.append("search \(self.searched.list)\(self.searchLanguage.clause)") }
        return entries
    }
}

extension TableColumn {
    /// The column without its name.
    fileprivate var text: String {
        var text = self.type.rawValue
        if self.isOptional { text += " null" }
        if self.isCounted { text += " counted" }
        if let value = self.defaultValue { text += " default \(value.text)" }
        if let formula = self.generated { text += " generated (\(formula))" }
        if let reference = self.reference {
            text += " references \(reference.table.word) (\(reference.column.word))"
            if reference.onDelete != .restrict { text += " on delete \(reference.onDelete.words)" }
        }
        return text
    }
}

extension SearchLanguage {
    /// What stands behind the columns.
    fileprivate var clause: String { self == .simple ? "" : " language \(self.rawValue)" }
}

extension DeleteRule {
    /// As SQL says it, in small letters.
    var words: String {
        switch self {
        case .restrict: "restrict"
        case .cascade: "cascade"
        case .setNull: "set null"
        case .setDefault: "set default"
        }
    }
}

extension ColumnDefault {
    /// The value as a migration says it.
    var text: String {
        switch self {
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text(let value): value.literal
        case .json(let value): "json \(value.literal)"
        case .now: "now"
        }
    }
}

extension String {
    /// The words that mean something in a migration; as names they stand between quotes.
    private static let meaningful: Set = [
        "key", "index", "unique", "check", "search", "table", "column", "null", "counted", "default", "generated",
        "references", "on", "delete", "to", "fill", "now", "true", "false", "json", "e",
    ]

    /// The name as a migration says it.
    fileprivate var word: String {
        let isPlain = self.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        let begins = self.first.map { !$0.isNumber } ?? false
        return isPlain && begins && !Self.meaningful.contains(self) ? self : self.quotedName
    }

    /// The text between quotes, in one line.
    fileprivate var literal: String {
        guard self.contains(where: { $0.isNewline }) else { return self.quotedSQLString }
        let escaped = self.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\\\"
            case "'": "\\'"
            case "\n": "\\n"
            case "\r": "\\r"
            case _ where Character(scalar).isNewline:
                "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
                    + String(scalar.value, radix: 16)
            default: String(Character(scalar))
            }
        }
        return "e'\(escaped.joined())'"
    }
}

extension [String] {
    fileprivate var list: String { "(\(self.map(\.word).joined(separator: ", ")))" }
}
