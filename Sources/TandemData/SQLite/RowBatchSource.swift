// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

/// A row of a batch, read as SQLite's forms have it: texts for moments, UUIDs, decimals and JSON, 0 and 1 for booleans.
final class RowBatchSource: RowSource {
    private let batch: RowBatch
    /// Where the row begins.
    private var start = 0

    init(_ batch: RowBatch) {
        self.batch = batch
    }

    func go(to row: Int) { self.start = row * self.columnCount }

    var columnCount: Int { self.batch.names.count }

    func name(of column: Int) -> String { self.batch.names[column] }

    private func cell(_ column: Int) -> RowBatch.Cell { self.batch.cells[self.start + column] }

    func isNull(_ column: Int) -> Bool {
        if case .null = self.cell(column) { true } else { false }
    }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool { try self.integer(column) != 0 }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        guard case .integer(let value) = self.cell(column) else { throw self.unreadable(column, "an integer") }
        return value
    }

    func double(_ column: Int) throws(DatabaseError) -> Double {
        switch self.cell(column) {
        case .double(let value): return value
        case .integer(let value): return Double(value)
        default: throw self.unreadable(column, "a number")
        }
    }

    func text(_ column: Int) throws(DatabaseError) -> String {
        guard case .text(let offset, let count) = self.cell(column) else { throw self.unreadable(column, "a text") }
        let bytes = self.batch.bytes
        let span = bytes.span.extracting(offset..<offset + Int(count))
        do {
            let utf8 = try UTF8Span(validating: span)
            return String(copying: utf8)
        } catch {
            throw self.unreadable(column, "a text in UTF-8")
        }
    }

    func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard case .blob(let offset, let count) = self.cell(column) else { throw self.unreadable(column, "bytes") }
        return Array(self.batch.bytes[offset..<offset + Int(count)])
    }

    func timestamp(_ column: Int) throws(DatabaseError) -> Date {
        let utf8 = try self.utf8(column, "a moment")
        if let date = TimestampText.date(utf8) { return date }
        // What other programs write; SQLite's own functions name no zone and mean UTC.
        let text = String(decoding: utf8, as: UTF8.self)
        guard let date = Date(text: text) ?? Date(text: text + "Z") else { throw self.unreadable(column, "a moment") }
        return date
    }

    func uuid(_ column: Int) throws(DatabaseError) -> UUID {
        let text = String(decoding: try self.utf8(column, "a UUID"), as: UTF8.self)
        guard let uuid = UUID(uuidString: text) else { throw self.unreadable(column, "a UUID") }
        return uuid
    }

    func decimal(_ column: Int) throws(DatabaseError) -> Decimal {
        if case .integer(let value) = self.cell(column) { return Decimal(value) }
        let text = String(decoding: try self.utf8(column, "a decimal"), as: UTF8.self)
        guard let value = Decimal(text: text) else { throw self.unreadable(column, "a decimal of at most 38 digits") }
        return value
    }

    func value(_ column: Int) throws(DatabaseError) -> SQLValue {
        switch self.cell(column) {
        case .null: .null
        case .integer(let value): .integer(value)
        case .double(let value): .double(value)
        case .text: .text(try self.text(column))
        case .blob: .bytes(try self.bytes(column))
        }
    }

    private func utf8(_ column: Int, _ what: String) throws(DatabaseError) -> ArraySlice<UInt8> {
        guard case .text(let offset, let count) = self.cell(column) else { throw self.unreadable(column, what) }
        return self.batch.bytes[offset..<offset + Int(count)]
    }

    private func unreadable(_ column: Int, _ what: String) -> DatabaseError {
        .unreadable("Column \"\(self.name(of: column))\" does not hold \(what).")
    }
}
