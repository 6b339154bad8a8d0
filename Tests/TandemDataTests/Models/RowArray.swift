// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData

/// A row in memory, as a database gives and takes it.
final class RowArray: RowSource, RowSink {
    var values: [SQLValue]

    init(_ values: [SQLValue] = []) {
        self.values = values
    }

    /// What a model or a draft writes.
    init(_ row: some Insertable) {
        self.values = []
        var writer = RowWriter(self)
        row.write(to: &writer)
    }

    func put(_ value: SQLValue, at column: Int) {
        precondition(column == self.values.count)
        self.values.append(value)
    }

    var columnCount: Int { self.values.count }
    func name(of column: Int) -> String { "column \(column)" }
    func isNull(_ column: Int) -> Bool { self.values[column] == .null }
    func value(_ column: Int) throws(DatabaseError) -> SQLValue { self.values[column] }

    private func wrong(_ column: Int) -> DatabaseError {
        DatabaseError(.unreadable, "Column \(column) holds \(self.values[column]).")
    }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool {
        guard case .boolean(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        guard case .integer(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }

    func double(_ column: Int) throws(DatabaseError) -> Double {
        guard case .double(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }

    func text(_ column: Int) throws(DatabaseError) -> String {
        switch self.values[column] {
        case .text(let value), .json(let value): return value
        default: throw self.wrong(column)
        }
    }

    func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard case .bytes(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }

    func timestamp(_ column: Int) throws(DatabaseError) -> Date {
        guard case .timestamp(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }

    func uuid(_ column: Int) throws(DatabaseError) -> UUID {
        guard case .uuid(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }

    func decimal(_ column: Int) throws(DatabaseError) -> Decimal {
        guard case .decimal(let value) = self.values[column] else { throw self.wrong(column) }
        return value
    }
}

extension Model {
    /// The model that a row of values is.
    init(_ values: [SQLValue]) throws(DatabaseError) {
        var reader = RowReader(RowArray(values))
        try self.init(from: &reader)
    }
}
