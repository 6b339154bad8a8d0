// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Values of a row, gathered from what writes them.
final class RowValues: RowSink {
    private(set) var list: [SQLValue] = []

    func put(_ value: SQLValue, at column: Int) { self.list.append(value) }
}

extension Insertable {
    /// The values of the filled columns.
    var values: [SQLValue] {
        let values = RowValues()
        var writer = RowWriter(values)
        self.write(to: &writer)
        return values.list
    }

    /// The same, prepared to be inserted.
    func prepared() throws -> Self {
        var copy = self
        try copy.willInsert()
        return copy
    }
}
