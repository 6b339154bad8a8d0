// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom

@testable import TandemData

/// Tables that change at random, as applications do over years.
struct RandomSchema {
    private(set) var tables: [Table] = []
    private var random: SeededGenerator
    private var count = 0

    init(seed: UInt64) {
        self.random = SeededGenerator(seed: seed)
        for _ in 0..<3 { self.addTable() }
    }

    /// Changes some things.
    mutating func change() {
        for _ in 0..<Int.random(in: 1...4, using: &self.random) { self.changeOnce() }
    }

    private mutating func name(_ kind: String) -> String {
        self.count += 1
        return ["\(kind)\(self.count)", "\(kind)_\(self.count)", "Odd \"\(kind)\" \(self.count)"]
            .randomElement(using: &self.random) ?? kind
    }

    private mutating func addTable() {
        let name = self.name("table")
        let keys: [TableColumn] = [
            TableColumn("id", .integer, isCounted: true), TableColumn("id", .uuid), TableColumn("id", .integer),
        ]
        let key = keys.randomElement(using: &self.random) ?? keys[0]
        self.tables.append(Table(name, columns: [key, TableColumn("title", .text)], key: ["id"]))
        for _ in 0..<3 { self.changeOnce(self.tables.count - 1) }
    }

    private mutating func changeOnce(_ chosen: Int? = nil) {
        let at = chosen ?? Int.random(in: self.tables.indices, using: &self.random)
        switch Int.random(in: 0..<(chosen == nil ? 13 : 7), using: &self.random) {
        case 0, 1: self.addColumn(at)
        case 2: self.addReference(at)
        case 3: self.addIndex(at)
        case 4: self.toggleCheck(at)
        case 5: self.tables[at].searched = self.tables[at].searched.isEmpty ? ["title"] : []
        case 6: self.addGenerated(at)
        case 7: if self.tables.count < 6 { self.addTable() }
        case 8: self.dropTable(at)
        case 9: self.dropColumn(at)
        case 10: if !self.tables[at].indexes.isEmpty { self.tables[at].indexes.removeFirst() }
        case 11: self.convertColumn(at)
        default: self.toggleNull(at)
        }
    }

    private mutating func addColumn(_ at: Int) {
        let columns: [TableColumn] = [
            TableColumn("", .integer, defaultValue: .integer(value: -7)), TableColumn("", .text, isOptional: true),
            TableColumn("", .text, defaultValue: .text(value: "it's")), TableColumn("", .double, isOptional: true),
            TableColumn("", .boolean, defaultValue: .boolean(value: true)), TableColumn("", .bytes, isOptional: true),
            TableColumn("", .timestamp, defaultValue: .now),
            TableColumn("", .decimal, defaultValue: .text(value: "1.50")),
            TableColumn("", .json, defaultValue: .json(value: #"{"a":[1,"b"]}"#)),
            TableColumn("", .uuid, isOptional: true),
            TableColumn("", .integer, isOptional: true), TableColumn("", .double, defaultValue: .double(value: -2.5)),
        ]
        guard var column = columns.randomElement(using: &self.random) else { return }
        column.name = self.name("column")
        self.tables[at].columns.append(column)
    }

    private mutating func addReference(_ at: Int) {
        let target = self.tables.randomElement(using: &self.random) ?? self.tables[at]
        guard let key = target.column("id") else { return }
        let rule = [DeleteRule.restrict, .cascade, .setNull].randomElement(using: &self.random) ?? .restrict
        let name = self.name("column")
        let reference = ColumnReference(target.name, column: "id", onDelete: rule)
        self.tables[at].columns.append(TableColumn(name, key.type, isOptional: true, reference: reference))
    }

    private mutating func addIndex(_ at: Int) {
        let name = self.tables[at].name
        let columns = self.tables[at].columns.filter { $0.type != .json }.map(\.name).shuffled(using: &self.random)
        let index = TableIndex(Array(columns.prefix(2)), of: name, isUnique: Bool.random(using: &self.random))
        guard !self.tables[at].indexes.contains(where: { $0.name == index.name }) else { return }
        self.tables[at].indexes.append(index)
    }

    private mutating func toggleCheck(_ at: Int) {
        guard self.tables[at].checks.isEmpty else { return self.tables[at].checks.removeAll() }
        let rule =
            ["length(title) < 100", "title <> ';)'", "title IS NOT NULL"].randomElement(using: &self.random) ?? ""
        self.tables[at].checks.append(TableCheck(rule, of: self.tables[at].name, named: "title"))
    }

    private mutating func addGenerated(_ at: Int) {
        let name = self.name("column")
        self.tables[at].columns.append(TableColumn(name, .text, isOptional: true, generated: "lower(title) || '!'"))
    }

    private mutating func dropTable(_ at: Int) {
        let name = self.tables[at].name
        let isNeeded = self.tables.contains { table in
            table.name != name && table.columns.contains { $0.reference?.table == name }
        }
        if self.tables.count > 1, !isNeeded { self.tables.remove(at: at) }
    }

    private mutating func dropColumn(_ at: Int) {
        guard let column = self.tables[at].columns.dropFirst(2).randomElement(using: &self.random) else { return }
        self.tables[at].columns.removeAll { $0.name == column.name }
        self.tables[at].indexes.removeAll { $0.columns.contains(column.name) }
    }

    private mutating func toggleNull(_ at: Int) {
        guard let index = self.tables[at].columns.indices.dropFirst(2).randomElement(using: &self.random) else {
            return
        }
        let column = self.tables[at].columns[index]
        guard column.reference == nil, column.generated == nil, column.defaultValue != nil else { return }
        self.tables[at].columns[index].isOptional.toggle()
    }

    private mutating func convertColumn(_ at: Int) {
        guard let index = self.tables[at].columns.indices.dropFirst(2).randomElement(using: &self.random) else {
            return
        }
        let column = self.tables[at].columns[index]
        guard column.type == .integer, column.reference == nil else { return }
        let types: [ColumnType] = [.text, .double, .decimal, .boolean]
        self.tables[at].columns[index].type = types.randomElement(using: &self.random) ?? .text
        self.tables[at].columns[index].defaultValue = nil
        self.tables[at].columns[index].isOptional = true
    }
}
