// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A query that a statement begins with, after `WITH`, and reads from as if it were a table.
struct CommonQuery: Sendable {
    /// Tells it apart from all others.
    let number: Int
    let name: String
    let isRecursive: Bool
    /// Its text, once it is written.
    var text = ""
}

extension StatementWriter {
    /// The name of a query that is read from, which is written before the statement where it is the first time.
    mutating func name(of table: SelectStatement.Common) -> String {
        if let known = self.common.first(where: { $0.number == table.table.number }) { return known.name }
        var name = table.name
        while self.common.contains(where: { $0.name == name }) { name += "_" }
        self.common.append(CommonQuery(number: table.table.number, name: name, isRecursive: table.isRecursive))
        let index = self.common.count - 1
        let outer = self.scopes
        self.scopes = []
        let text = self.part { $0.write(table.query) }
        self.scopes = outer
        self.common[index].text = text
        // What it reads from itself comes first.
        if index < self.common.count - 1 { self.common.append(self.common.remove(at: index)) }
        return name
    }

    /// What the statement begins with.
    var commonText: String {
        guard !self.common.isEmpty else { return "" }
        let queries = self.common.map { "\($0.name.quotedName) AS (\($0.text))" }
        return (self.common.contains(where: \.isRecursive) ? "WITH RECURSIVE " : "WITH ")
            + queries.joined(separator: ", ") + " "
    }
}
