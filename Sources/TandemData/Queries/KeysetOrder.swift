// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An order in which no two rows are alike, so that a row's values are a place in it.
struct KeysetOrder {
    let terms: [OrderTerm]

    init(terms: [OrderTerm]) {
        self.terms = terms
    }

    /// The order of a query, and of rows that it leaves alike the one of their keys, in the direction of its last term.
    init(of statement: SelectStatement, keys table: Table) {
        let isDescending = statement.order.last?.isDescending ?? false
        let keys = table.key.compactMap(table.column).map { column in
            OrderTerm(
                expression: SQL([.column(statement.table, column.name)]),
                type: column.type,
                isNullable: false,
                isDescending: isDescending,
                nulls: .last
            )
        }
        self.terms = statement.order + keys
    }

    /// What is true of the rows behind a place.
    ///
    /// - Throws: Where it is a place of another order.
    func isBehind(_ cursor: PageCursor) throws(DatabaseError) -> SQL {
        guard cursor.values.count == self.terms.count else { throw .foreignCursor }
        var values: [SQLValue] = []
        for (term, text) in zip(self.terms, cursor.values) {
            guard let text else {
                guard term.isNullable else { throw .foreignCursor }
                values.append(.null)
                continue
            }
            guard let value = SQLValue(cursor: text, term.type) else { throw .foreignCursor }
            values.append(value)
        }
        return self.isBehind(values)
    }

    private func isBehind(_ values: [SQLValue]) -> SQL {
        // As rows of values, which an index can look for, where all of them can be compared in one way.
        let isUniform = self.terms.allSatisfy { !$0.isNullable && $0.isDescending == self.terms[0].isDescending }
        if isUniform {
            let (left, right) = (self.terms.map(\.expression).joined(", "), values.map(SQL.value).joined(", "))
            return "((" + left + SQL(text: ") \(self.terms[0].sign) (") + right + "))"
        }
        let steps = self.terms.indices.map { index in
            let alike = (0..<index).map { self.terms[$0].isAlike(values[$0]) }
            return "(" + (alike + [self.terms[index].isBehind(values[index])]).joined(" AND ") + ")"
        }
        return "(" + steps.joined(" OR ") + ")"
    }
}

extension OrderTerm {
    /// How a value compares with one that it is behind.
    fileprivate var sign: String { self.isDescending ? "<" : ">" }

    fileprivate func isAlike(_ value: SQLValue) -> SQL {
        if case .null = value { return self.expression + " IS NULL" }
        return self.expression + " = " + .value(value)
    }

    fileprivate func isBehind(_ value: SQLValue) -> SQL {
        if case .null = value { return self.nulls == .first ? self.expression + " IS NOT NULL" : "FALSE" }
        let isBehind = self.expression + SQL(text: " \(self.sign) ") + .value(value)
        guard self.isNullable, self.nulls == .last else { return isBehind }
        return "(" + isBehind + " OR " + self.expression + " IS NULL)"
    }
}

extension Error where Self == DatabaseError {
    fileprivate static var foreignCursor: DatabaseError {
        DatabaseError(.invalidValue, "The cursor is not one of this list in this order; begin without one.")
    }
}
