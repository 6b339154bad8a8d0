// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL
import FoundationEssentials

/// The values of a statement as the server gets them.
///
/// The rule for their types: an integer is a `bigint`, so that `$1 + 1`, `LIMIT $1` and every column of integers take
/// it (where a function wants an `integer`, SQL by hand says `\(n)::int`). A boolean, a fraction, a moment, a UUID and
/// bytes have their own types, all of these in binary; a decimal is a `numeric` and JSON a `jsonb`, as text. A text and
/// NULL have none: the server takes them for what stands at their place, such as an enum, a date or an array.
struct StatementParameters: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var values: [tandem_pq_value] = []

    static let none = StatementParameters()

    private init() {}

    init(_ values: [SQLValue]) throws(DatabaseError) {
        guard values.count <= 65_535 else {
            throw DatabaseError(.invalidValue, "A statement has \(values.count) values; PostgreSQL takes 65,535.")
        }
        self.values.reserveCapacity(values.count)
        for value in values { try self.append(value) }
        guard self.bytes.count < 1 << 30 else {
            throw DatabaseError(
                .invalidValue,
                "A statement's values have more than the gigabyte that PostgreSQL takes."
            )
        }
    }

    private mutating func append(_ value: SQLValue) throws(DatabaseError) {
        switch value {
        case .null: self.values.append(tandem_pq_value(offset: -1, length: 0, format: 0, type: 0))
        case .boolean(let value): self.append(binary: CollectionOfOne(value ? 1 : 0), .boolean)
        case .integer(let value): self.append(word: UInt64(bitPattern: value), .int8)
        case .double(let value): self.append(word: value.bitPattern, .float8)
        case .text(let value): try self.append(text: value, .unknown)
        case .bytes(let value): self.append(binary: value, .bytes)
        case .timestamp(let value):
            guard let count = PostgreSQLTime.microseconds(value) else {
                throw DatabaseError(.invalidValue, "A moment is out of the range that PostgreSQL keeps.")
            }
            self.append(word: UInt64(bitPattern: count), .timestampWithZone)
        case .uuid(let value):
            let (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) = value.uuid
            self.append(binary: [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p], .uuid)
        case .decimal(let value):
            guard !value.isNaN else { throw DatabaseError(.invalidValue, "A decimal is not a number.") }
            try self.append(text: value.description, .numeric)
        case .json(let value): try self.append(text: value, .jsonb)
        case .invalid(let reason): throw DatabaseError(.invalidValue, reason)
        }
    }

    private mutating func append(word: UInt64, _ type: PostgreSQLType) {
        self.begin(8, format: 1, type)
        for shift in stride(from: 56, through: 0, by: -8) {
            self.bytes.append(UInt8(truncatingIfNeeded: word >> shift))
        }
    }

    private mutating func append(binary: some Collection<UInt8>, _ type: PostgreSQLType) {
        self.begin(binary.count, format: 1, type)
        self.bytes.append(contentsOf: binary)
    }

    private mutating func append(text: String, _ type: PostgreSQLType) throws(DatabaseError) {
        guard !text.utf8.contains(0) else {
            throw DatabaseError(.invalidValue, "A text holds the character U+0000, which PostgreSQL cannot keep.")
        }
        self.begin(text.utf8.count, format: 0, type)
        self.bytes.append(contentsOf: text.utf8)
        self.bytes.append(0)
    }

    private mutating func begin(_ count: Int, format: Int32, _ type: PostgreSQLType) {
        let offset = Int32(clamping: self.bytes.count)
        self.values.append(
            tandem_pq_value(offset: offset, length: Int32(clamping: count), format: format, type: type.rawValue)
        )
    }
}
#endif
