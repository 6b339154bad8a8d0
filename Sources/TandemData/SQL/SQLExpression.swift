// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Something that a statement computes for each row, or for each group of rows: a column, a value, a formula.
public struct SQLExpression<Value: Sendable>: Sendable {
    package let sql: SQL
    let coding: ValueCoding<Value>

    init(_ sql: SQL, _ coding: ValueCoding<Value>) {
        self.sql = sql
        self.coding = coding
    }
}
