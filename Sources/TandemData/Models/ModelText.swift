// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What the SQL of a model's statements is made of, made once a model.
final class ModelText: Sendable {
    let table: String
    let key: [String]
    let columns: [String]
    /// The types of the key's columns.
    let keyTypes: [ColumnType]
    /// The columns between commas, quoted.
    let list: String
    /// Reads a row by its key, in each dialect's text.
    private let finding: [Dialect: String]

    private init(_ table: Table) {
        self.table = table.name
        self.key = table.key
        self.columns = table.columns.map(\.name)
        self.keyTypes = table.key.map { table.column($0)?.type ?? .text }
        let list = table.columns.map(\.name.quotedName).joined(separator: ", ")
        self.list = list
        self.finding = Dictionary(
            uniqueKeysWithValues: Dialect.allCases.map { dialect in
                let conditions = table.key.enumerated().map {
                    "\($0.element.quotedName) = \(dialect.placeholder)\($0.offset + 1)"
                }
                let condition = conditions.joined(separator: " AND ")
                return (dialect, "SELECT \(list) FROM \(table.name.quotedName) WHERE \(condition)")
            }
        )
    }

    func finding(_ dialect: Dialect) -> String { self.finding[dialect] ?? "" }

    private static let all = Mutex<[ObjectIdentifier: ModelText]>([:])

    /// The one of a model.
    static func of<M: Model>(_ model: M.Type) -> ModelText {
        self.all.withLock { all in
            if let text = all[ObjectIdentifier(model)] { return text }
            let text = ModelText(M.table)
            all[ObjectIdentifier(model)] = text
            return text
        }
    }
}

extension Dialect {
    /// What the number of a value stands behind.
    var placeholder: String { self == .sqlite ? "?" : "$" }
}

extension String {
    /// As SQL writes a name that may have anything in it.
    var quotedName: String {
        guard self.utf8.contains(UInt8(ascii: "\"")) else { return "\"\(self)\"" }
        return "\"" + self.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
