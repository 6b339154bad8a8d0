// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What the models alone do not tell about the way to them.
public struct MigrationAnswers: Sendable {
    /// The new names of tables, and of columns: `["tickets.title": "subject"]`.
    public var renames: [String: String]
    /// Tables and columns that are really gone, though new ones look like them.
    public var drops: Set<String>
    /// What rows that are there get in columns: `["tickets.priority": "normal"]`; an SQL formula in parentheses, or an
    /// empty text where no row needs one.
    public var fills: [String: String]
    /// Asks somebody who can tell, as a terminal does; nil where nobody is there.
    ///
    /// It returns the new name, or nil where the old is gone; or the fill.
    public var ask: (@Sendable (MigrationQuestion) throws -> String?)?

    /// Answers; by themselves none.
    public init(
        renames: [String: String] = [:],
        drops: Set<String> = [],
        fills: [String: String] = [:],
        ask: (@Sendable (MigrationQuestion) throws -> String?)? = nil
    ) {
        self.renames = renames
        self.drops = drops
        self.fills = fills
        self.ask = ask
    }
}

/// What is not known about the way from the recorded tables to the models.
public enum MigrationQuestion: Hashable, Sendable, CustomStringConvertible {
    /// Whether a table or a column that is gone has become one of those that are new.
    case renamed(String, candidates: [String])
    /// What the rows that are there get in a column that cannot be NULL.
    case fill(String, ColumnType)

    /// The question, for people.
    public var description: String {
        switch self {
        case .renamed(let name, let candidates):
            "\(name) is gone. Has it become \(candidates.joined(separator: " or "))?"
        case .fill(let column, let type):
            "What do the rows that are there get as \(column), which cannot be NULL? It is of the type \(type.rawValue)."
        }
    }

    /// How to answer where nobody can be asked.
    var instruction: String {
        switch self {
        case .renamed(let name, let candidates):
            "\(name) is gone, and \(candidates.joined(separator: ", ")) new: say "
                + candidates.map { "--rename \(name)=\($0)" }.joined(separator: " or ")
                + " if it has another name, or --drop \(name) if it is gone with what it holds."
        case .fill(let column, let type):
            "\(column) cannot be NULL: give it a default, or say --fill \(column)=VALUE with what rows that are there "
                + "get (\(Self.example(of: type)), or a formula of SQL in parentheses), or --fill \(column)= if no row "
                + "needs one."
        }
    }

    private static func example(of type: ColumnType) -> String {
        switch type {
        case .boolean: "true or false"
        case .integer: "a number such as 12"
        case .double, .decimal: "a number such as 1.5"
        case .text: "a text"
        case .bytes: "of bytes only a formula"
        case .timestamp: "now, or a time such as 2026-11-24T18:00:00.000000Z"
        case .uuid: "a UUID"
        case .json: "a JSON text"
        }
    }
}

extension MigrationAnswers {
    /// For a look at what differs, when nobody is asked: whatever is gone is gone, and nothing gets a fill.
    static func renamingNothing(in state: SchemaState) -> MigrationAnswers {
        let names = state.sorted.flatMap { table in [table.name] + table.columns.map { "\(table.name).\($0.name)" } }
        return MigrationAnswers(drops: Set(names), ask: { _ in "" })
    }

    /// What became of a table or a column that is gone; nil where it is gone.
    func newName(of name: String, candidates: [String]) throws -> String? {
        if let new = self.renames[name] {
            guard candidates.contains(new) else {
                throw DatabaseError.migration("--rename \(name)=\(new): the models have no new \"\(new)\" there.")
            }
            return new
        }
        if self.drops.contains(name) { return nil }
        guard let new = try self.answer(.renamed(name, candidates: candidates)) else { return nil }
        guard candidates.contains(new) else { throw DatabaseError.migration("\"\(new)\" is none of \(candidates).") }
        return new
    }

    /// What rows that are there get in a column.
    func fill(of column: TableColumn, in table: String) throws -> ColumnFill? {
        let path = "\(table).\(column.name)"
        let text = if let fill = self.fills[path] { fill } else { try self.answer(.fill(path, column.type)) }
        guard let text, !text.isEmpty else { return nil }
        return try ColumnFill(text, as: column.type, for: path)
    }

    private func answer(_ question: MigrationQuestion) throws -> String? {
        guard let ask else { throw DatabaseError.migration(question.instruction) }
        return try ask(question)
    }

    /// Checks that each answer was to a question.
    func requireUse(of state: SchemaState) throws(DatabaseError) {
        for path in Array(self.renames.keys) + Array(self.drops) {
            let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
            let isThere = parts.first.flatMap { state.tables[$0] }.map { table in
                parts.count == 1 || table.column(parts[1]) != nil
            }
            guard isThere == true else {
                throw .migration("There is no \"\(path)\" in the recorded tables that --rename or --drop could mean.")
            }
        }
    }
}

extension ColumnFill {
    /// Reads what somebody typed for a column.
    fileprivate init(_ text: String, as type: ColumnType, for path: String) throws(DatabaseError) {
        do throws(DatabaseError) {
            self = try ColumnFill(text, as: type)
        } catch {
            throw .migration("--fill \(path)=\(text): \(error.message)")
        }
    }

    /// Reads what somebody typed; a shell has taken the quotes away.
    private init(_ text: String, as type: ColumnType) throws(DatabaseError) {
        var parser = MigrationParser(text)
        let isBare = !text.hasPrefix("(") && !text.hasPrefix("'")
        switch type {
        case .text where isBare, .uuid where isBare, .decimal where isBare: self = .value(.text(value: text))
        case .json where isBare: self = .value(.json(value: text))
        case .timestamp where isBare: self = .value(text == "now" ? .now : .text(value: text))
        default: self = try parser.fill()
        }
        if case .value(let value) = self, !value.fits(type) {
            throw .migration("that is no \(type.rawValue).")
        }
    }
}
