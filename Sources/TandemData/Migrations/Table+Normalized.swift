// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

extension Table {
    /// The table with each rule, formula and default in one of the forms that say the same.
    var normalized: Table {
        var table = self
        if table.searched.isEmpty { table.searchLanguage = .simple }
        for index in table.columns.indices {
            let column = table.columns[index]
            table.columns[index].generated = column.generated?.normalizedSQL
            table.columns[index].defaultValue = column.defaultValue?.normalized(as: column.type)
        }
        for index in table.checks.indices { table.checks[index].rule = table.checks[index].rule.normalizedSQL }
        return table
    }
}

extension ColumnDefault {
    fileprivate func normalized(as type: ColumnType) -> ColumnDefault {
        switch (type, self) {
        case (.json, .text(let value)), (.json, .json(let value)):
            .json(value: (try? JSON.decode(JSON.self, from: value)).flatMap { try? JSON.text($0.sortedByKey) } ?? value)
        case (.double, .integer(let value)): .double(value: Double(value))
        case (.decimal, .integer(let value)): .text(value: "\(value)")
        case (.decimal, .double(let value)): .text(value: "\(value)")
        case (.uuid, .text(let value)): .text(value: value.lowercased())
        default: self
        }
    }
}

extension JSON {
    /// The same with the members of each object in the order of their names, as the databases do not keep another.
    fileprivate var sortedByKey: JSON {
        switch self {
        case .array(let items): return .array(items.map(\.sortedByKey))
        case .object(let object):
            var sorted = JSONObject()
            for (name, value) in object.sorted(by: { $0.name < $1.name }) { sorted[name] = value.sortedByKey }
            return .object(sorted)
        default: return self
        }
    }
}
