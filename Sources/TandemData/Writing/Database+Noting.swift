// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Database {
    /// Tells of rows that were changed, where anybody wants to know.
    func note<M: Model>(_ kind: RowChange.Kind, _ rows: [M]) {
        guard !rows.isEmpty, self.observes(M.tableName) else { return }
        self.note(rows.map { RowChange(M.tableName, kind, id: $0.id) })
    }
}
