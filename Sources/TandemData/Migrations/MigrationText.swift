// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A migration as people read and edit it: a step begins at the margin, what belongs to it is indented.
///
/// ```
/// -- Tickets have a priority.
/// create table agents
///     id integer counted key
///     name text
///     unique agents_name_key (name)
/// add column tickets.priority text default 'normal'
/// sql
///     UPDATE tickets SET priority = 'high' WHERE subject LIKE 'urgent%'
/// sql down
///     -- Nothing to undo.
/// ```
struct MigrationText: Hashable {
    var operations: [MigrationOperation]

    init(_ operations: [MigrationOperation]) {
        self.operations = operations
    }

    /// Reads a text.
    ///
    /// - Throws: `DatabaseError` that names the line.
    init(_ text: String) throws(DatabaseError) {
        self.operations = []
        for block in Self.blocks(of: text) { self.operations.append(try block.operation()) }
    }

    /// The steps of a text, with the lines that they begin at.
    private static func blocks(of text: String) -> [MigrationBlock] {
        var blocks: [MigrationBlock] = []
        for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let isIndented = line.first?.isWhitespace ?? true
            if isIndented, !blocks.isEmpty {
                blocks[blocks.count - 1].body.append(String(line))
            } else if !isIndented, !line.hasPrefix("--") {
                blocks.append(MigrationBlock(line: number + 1, header: String(line), body: []))
            }
        }
        return blocks
    }
}

/// A step's lines.
struct MigrationBlock {
    let line: Int
    let header: String
    var body: [String]

    func operation() throws(DatabaseError) -> MigrationOperation {
        do {
            if let sql = try self.sql() { return .sql(sql) }
            var parser = MigrationParser(([self.header] + self.body).joined(separator: "\n"))
            return try parser.operation()
        } catch {
            throw .migration("Line \(self.line), `\(self.header)`: \(error.message)")
        }
    }

    /// What people wrote, where the step is that: `sql`, `sql down`, `sql for sqlite`, `sql down for postgresql`.
    private func sql() throws(DatabaseError) -> SQLStep? {
        var words = self.header.split(separator: " ")[...]
        guard words.popFirst() == "sql" else { return nil }
        var step = SQLStep(text: self.unindentedBody)
        if words.first == "down" {
            step.isDown = true
            words.removeFirst()
        }
        if words.first == "for", words.count == 2, let dialect = words.last.flatMap({ Dialect(rawValue: String($0)) }) {
            step.dialect = dialect
            words.removeAll()
        }
        guard words.isEmpty else {
            throw .migration("Write `sql` or `sql down`, and behind it `for sqlite` or `for postgresql` or nothing.")
        }
        for dialect in Dialect.allCases where step.dialect == nil || step.dialect == dialect {
            guard let statement = SQLScript(step.text, dialect).transactionControl else { continue }
            throw .migration("A migration is one transaction, which `\(statement)` would end; remove it.")
        }
        return step
    }

    private var unindentedBody: String {
        let indent = self.body.filter { !$0.trimmingSpaces.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        let lines = self.body.map { $0.trimmingSpaces.isEmpty ? "" : String($0.dropFirst(indent)) }
        let end = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
        return lines[..<end].drop(while: \.isEmpty).joined(separator: "\n")
    }
}
