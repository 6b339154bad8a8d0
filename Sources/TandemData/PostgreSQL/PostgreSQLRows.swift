// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL
import FoundationEssentials

/// The rows of a result, one of them at a time; each value is read by its column's type.
final class PostgreSQLRows: RowSource {
    private let result: PostgreSQLResult
    private let pointer: OpaquePointer
    let columnCount: Int
    var row: Int32 = 0

    init(_ result: PostgreSQLResult) {
        self.result = result
        self.pointer = result.pointer
        self.columnCount = Int(PQnfields(result.pointer))
    }

    func name(of column: Int) -> String {
        PQfname(self.pointer, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func isNull(_ column: Int) -> Bool { PQgetisnull(self.pointer, self.row, Int32(column)) != 0 }

    func boolean(_ column: Int) throws(DatabaseError) -> Bool {
        guard self.type(column) == .boolean else { throw self.mismatch(column, "a boolean") }
        return self.word(column) != 0
    }

    func integer(_ column: Int) throws(DatabaseError) -> Int64 {
        switch self.type(column) {
        case .int8, .int4, .int2: return self.word(column)
        case .oid: return self.word(column) & 0xffff_ffff
        case .numeric:
            // What `sum` makes of integers.
            guard let text = self.numeric(column)?.text, let value = Int64(text.prefix { $0 != "." }),
                text.drop(while: { $0 != "." }).allSatisfy({ $0 == "." || $0 == "0" })
            else { throw self.mismatch(column, "an integer of 64 bits") }
            return value
        default: throw self.mismatch(column, "an integer")
        }
    }

    func double(_ column: Int) throws(DatabaseError) -> Double {
        switch self.type(column) {
        case .float8, .float4: return tandem_pq_double(self.pointer, self.row, Int32(column))
        case .int8, .int4, .int2: return Double(self.word(column))
        case .numeric:
            guard let value = self.numeric(column).flatMap({ Double($0.text) }) else {
                throw self.mismatch(column, "a number")
            }
            return value
        default: throw self.mismatch(column, "a number")
        }
    }

    func text(_ column: Int) throws(DatabaseError) -> String {
        switch self.type(column) {
        case .text, .variableText, .name, .fixedText, .json, .xml, .character, .void: return self.string(column)
        // Its first byte is the version of the form.
        case .jsonb: return self.string(column, after: 1)
        case .numeric:
            guard let text = self.numeric(column)?.text else { throw self.mismatch(column, "a number") }
            return text
        case .uuid: return try self.uuid(column).uuidString.lowercased()
        case .int8, .int4, .int2, .oid: return String(try self.integer(column))
        case .float8, .float4: return String(try self.double(column))
        case .boolean: return try self.boolean(column) ? "true" : "false"
        case .timestamp, .timestampWithZone: return PostgreSQLTime.text(self.word(column))
        case .date: return PostgreSQLTime.day(self.word(column))
        case .time: return PostgreSQLTime.timeText(self.word(column))
        case .bytes, .unknown, nil: throw self.mismatch(column, "a text")
        }
    }

    func bytes(_ column: Int) throws(DatabaseError) -> [UInt8] {
        guard self.type(column) == .bytes else { throw self.mismatch(column, "bytes") }
        return self.raw(column)
    }

    func timestamp(_ column: Int) throws(DatabaseError) -> Date {
        let microseconds: Int64? =
            switch self.type(column) {
            case .timestampWithZone, .timestamp: self.word(column)
            case .date: self.word(column).multipliedReportingOverflow(by: 86_400_000_000).partialValue
            default: nil
            }
        guard let date = microseconds.flatMap(PostgreSQLTime.date) else { throw self.mismatch(column, "a moment") }
        return date
    }

    func uuid(_ column: Int) throws(DatabaseError) -> UUID {
        if self.type(column) == .text, let uuid = UUID(uuidString: self.string(column)) { return uuid }
        let b = self.raw(column)
        guard self.type(column) == .uuid, b.count == 16 else { throw self.mismatch(column, "a UUID") }
        return UUID(
            uuid: (b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15])
        )
    }

    func decimal(_ column: Int) throws(DatabaseError) -> Decimal {
        switch self.type(column) {
        case .numeric:
            guard let value = self.numeric(column)?.decimal else {
                throw self.mismatch(column, "a number of at most 38 digits")
            }
            return value
        case .int8, .int4, .int2: return Decimal(self.word(column))
        default: throw self.mismatch(column, "a decimal")
        }
    }

    func value(_ column: Int) throws(DatabaseError) -> SQLValue {
        switch self.type(column) {
        case .boolean: .boolean(try self.boolean(column))
        case .int8, .int4, .int2, .oid: .integer(try self.integer(column))
        case .float8, .float4: .double(try self.double(column))
        case .bytes: .bytes(self.raw(column))
        case .timestampWithZone, .timestamp: .timestamp(try self.timestamp(column))
        case .uuid: .uuid(try self.uuid(column))
        case .numeric: .decimal(try self.decimal(column))
        case .json, .jsonb: .json(try self.text(column))
        default: .text(try self.text(column))
        }
    }
}

// MARK: - What libpq holds

extension PostgreSQLRows {
    private func type(_ column: Int) -> PostgreSQLType? { PostgreSQLType(column: PQftype(self.pointer, Int32(column))) }

    private func word(_ column: Int) -> Int64 { tandem_pq_integer(self.pointer, self.row, Int32(column)) }

    /// A text; libpq puts a zero behind each value.
    private func string(_ column: Int, after count: Int = 0) -> String {
        guard let bytes = PQgetvalue(self.pointer, self.row, Int32(column)),
            PQgetlength(self.pointer, self.row, Int32(column)) >= count
        else { return "" }
        return String(cString: bytes + count)
    }

    private func raw(_ column: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(PQgetlength(self.pointer, self.row, Int32(column))))
        if !bytes.isEmpty { tandem_pq_bytes(self.pointer, self.row, Int32(column), &bytes) }
        return bytes
    }

    private func numeric(_ column: Int) -> PostgreSQLNumeric? { PostgreSQLNumeric(self.raw(column)) }

    private func mismatch(_ column: Int, _ wanted: String) -> DatabaseError {
        let isKnown = self.type(column) != nil
        let advice = isKnown ? "" : " Its type is read as text only: write CAST(… AS text) in the statement."
        return .unreadable("Column \"\(self.name(of: column))\" does not hold \(wanted).\(advice)")
    }
}
#endif
