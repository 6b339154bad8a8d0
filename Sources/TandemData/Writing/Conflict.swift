// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What becomes of a row that is in the table already when one is inserted that is like it in unique columns.
public struct Conflict<M: Model>: Sendable {
    /// The unique columns; `nil` for any.
    private let target: [String]?
    private let action: Action
    private var assignments = Assignments<M>()
    /// The first thing that was wrong with what it was made of.
    private var problem: DatabaseError?

    private enum Action {
        case ignore
        /// Sets these columns to the inserted values; all that are filled where nil.
        case update([String]?)
    }

    private init(_ action: Action, target: [String]?, _ problem: DatabaseError?) {
        self.action = action
        self.target = target
        self.problem = problem
    }

    private static func names(_ paths: [PartialKeyPath<M.Columns>], _ problem: inout DatabaseError?) -> [String] {
        var names: [String] = []
        for path in paths {
            do throws(DatabaseError) { names.append(try columnName(path, of: M.self)) } catch { problem = error }
        }
        return names
    }

    /// It is left as it is, whichever unique columns they are alike in.
    public static var ignore: Conflict { Conflict(.ignore, target: nil, nil) }

    /// It gets all values that were to be inserted.
    ///
    /// - Parameter columns: The unique columns: the key, or those of one `@Unique`.
    /// - Returns: What becomes of it.
    public static func update(on columns: PartialKeyPath<M.Columns>...) -> Conflict {
        var problem: DatabaseError?
        let target = Self.names(columns, &problem)
        return Conflict(.update(nil), target: target, problem)
    }

    /// It gets some of the values that were to be inserted.
    ///
    /// - Parameters:
    ///   - columns: The unique columns: the key, or those of one `@Unique`.
    ///   - taken: The columns that get the inserted value; the others stay as they are.
    /// - Returns: What becomes of it.
    public static func update(
        on columns: PartialKeyPath<M.Columns>...,
        taking taken: [PartialKeyPath<M.Columns>]
    ) -> Conflict {
        var problem: DatabaseError?
        let target = Self.names(columns, &problem)
        let names = Self.names(taken, &problem)
        return Conflict(.update(names), target: target, problem)
    }

    /// One more column is set to what is computed from the row that is there and the one that was to be inserted.
    ///
    /// ```swift
    /// .update(on: \.name, taking: []).setting(\.count) { present, inserted in present.count + inserted.count }
    /// ```
    public func setting<Value>(
        _ column: KeyPath<M.Columns, SQLExpression<Value>>,
        _ formula: (_ present: M.Columns, _ inserted: M.Columns) -> SQLExpression<Value>
    ) -> Conflict {
        var copy = self
        let present = M.Columns(TableReference(named: M.tableName))
        let inserted = M.Columns(TableReference(named: "excluded"))
        copy.assignments.set(column, formula(present, inserted).sql)
        return copy
    }

    var isUpdating: Bool {
        if case .update = self.action { true } else { false }
    }

    /// Writes the clause.
    func write(to writer: inout StatementWriter, filled: [String]) throws(DatabaseError) {
        if let problem { throw problem }
        writer.text += " ON CONFLICT"
        if let target { writer.text += " (\(target.map(\.quotedName).joined(separator: ", ")))" }
        guard case .update(let taken) = self.action else {
            writer.text += " DO NOTHING"
            return
        }
        let formulas = try self.assignments.list()
        var settings = (taken ?? self.takenByItself(filled))
            .filter { name in !formulas.contains { $0.column == name } }
            .map { name in (column: name, value: SQL(text: "excluded.") + SQL.name(name)) }
        settings += formulas
        settings += M.maintained(TableReference(named: M.tableName), besides: settings.map(\.column))
        // An update of nothing, so that the row is returned.
        if settings.isEmpty, let name = M.keyColumns.first {
            settings = [(name, SQL(text: "excluded.") + SQL.name(name))]
        }
        writer.text += " DO UPDATE SET "
        writer.write(settings: settings)
    }

    /// The filled columns without those that the rows are alike in, and those that every change maintains.
    private func takenByItself(_ filled: [String]) -> [String] {
        let kept = (self.target ?? []) + M.keyColumns + M.touchedColumns + [M.versionColumn].compactMap(\.self)
        return filled.filter { !kept.contains($0) }
    }
}
