// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A query that a statement begins with, after `WITH`, and reads from as if it were a table.
struct WithClause: Sendable {
    /// Tells it apart from all others.
    let number: Int
    let name: String
    let isRecursive: Bool
    /// Its text, once it is written.
    var text = ""
}

extension StatementWriter {
    /// The name of a query that is read from, which is written before the statement where it is the first time.
    mutating func name(of table: SelectStatement.Named) -> String {
        if let known = self.withClauses.first(where: { $0.number == table.table.number }) { return known.name }
        var name = table.name
        while self.withClauses.contains(where: { $0.name == name }) { name += "_" }
        self.withClauses.append(WithClause(number: table.table.number, name: name, isRecursive: table.isRecursive))
        let index = self.withClauses.count - 1
        let outer = self.scopes
        self.scopes = []
        let text = self.part { $0.write(table.query) }
        self.scopes = outer
        self.withClauses[index].text = text
        // What it reads from itself comes first.
        if index < self.withClauses.count - 1 { self.withClauses.append(self.withClauses.remove(at: index)) }
        return name
    }

    /// What the statement begins with.
    var withText: String {
        guard !self.withClauses.isEmpty else { return "" }
        let queries = self.withClauses.map { "\($0.name.quotedName) AS (\($0.text))" }
        return (self.withClauses.contains(where: \.isRecursive) ? "WITH RECURSIVE " : "WITH ")
            + queries.joined(separator: ", ") + " "
    }
}
