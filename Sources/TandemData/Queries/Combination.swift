// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Select where Row == Root {
    /// The rows of this query and those of another, each once.
    public func union(_ other: Select) -> Select { self.combined(" UNION ", other) }

    /// The rows of this query that the other has too, each once.
    public func intersection(_ other: Select) -> Select { self.combined(" INTERSECT ", other) }

    /// The rows of this query that the other does not have, each once.
    public func subtracting(_ other: Select) -> Select { self.combined(" EXCEPT ", other) }

    private func combined(_ name: String, _ other: Select) -> Select {
        let parts = [self, other].map { SQL([.text("SELECT * FROM ("), .query($0.statement), .text(") AS \"part\"")]) }
        let select = Select(in: self.database)
        return select.changed { $0.source = .combined(parts[0] + SQL(text: name) + parts[1]) }
    }
}
