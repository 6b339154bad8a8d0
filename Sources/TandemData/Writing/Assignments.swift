// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Columns of a model and what they are set to.
struct Assignments<M: Model>: Sendable {
    private var settings: [(column: String, value: SQL)] = []
    /// The first thing that was wrong.
    private var problem: DatabaseError?

    mutating func set<Value>(_ path: KeyPath<M.Columns, SQLExpression<Value>>, _ value: SQL) {
        do throws(DatabaseError) {
            self.settings.append((try columnName(path, of: M.self), value))
        } catch {
            self.problem = self.problem ?? error
        }
    }

    /// What is set, in order.
    ///
    /// - Throws: Where something is no column.
    func list() throws(DatabaseError) -> [(column: String, value: SQL)] {
        if let problem { throw problem }
        return self.settings
    }
}

extension StatementWriter {
    /// Writes what is set, after `SET`.
    mutating func write(settings: [(column: String, value: SQL)]) {
        for (index, setting) in settings.enumerated() {
            if index > 0 { self.text += ", " }
            self.write(name: setting.column)
            self.text += " = "
            self.write(setting.value)
        }
    }
}

extension Model {
    /// What each change of a row sets besides: its version and the time, unless they are set already.
    static func maintained(
        _ table: TableReference,
        besides columns: [String] = []
    ) -> [(column: String, value: SQL)] {
        var settings: [(column: String, value: SQL)] = []
        if let version = self.versionColumn, !columns.contains(version) {
            settings.append((version, SQL([.column(table, version), .text(" + 1")])))
        }
        for column in self.touchedColumns where !columns.contains(column) {
            settings.append((column, .value(.timestamp(.now))))
        }
        return settings
    }
}
