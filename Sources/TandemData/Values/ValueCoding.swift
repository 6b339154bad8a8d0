// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// How values of a type go into a column and come out of it: the three ways there are, told apart by the compiler.
public struct ValueCoding<Value: Sendable>: Sendable {
    /// The column's type.
    public let type: ColumnType
    /// Whether the column may hold NULL.
    public let isOptional: Bool
    let encode: @Sendable (Value) -> SQLValue
    let decode: @Sendable (inout RowReader) throws(DatabaseError) -> Value

    init(
        _ type: ColumnType,
        isOptional: Bool = false,
        encode: @escaping @Sendable (Value) -> SQLValue,
        decode: @escaping @Sendable (inout RowReader) throws(DatabaseError) -> Value
    ) {
        self.type = type
        self.isOptional = isOptional
        self.encode = encode
        self.decode = decode
    }
}

extension ValueCoding where Value: ColumnValue {
    /// The type's own way.
    public static var own: ValueCoding {
        ValueCoding(
            Value.columnType,
            isOptional: Value.self is any OptionalValue.Type,
            encode: \.sqlValue,
            decode: { row throws(DatabaseError) in try Value(from: &row) }
        )
    }
}

extension ValueCoding where Value: Scalar {
    /// As the text that stands for it.
    public static var text: ValueCoding {
        ValueCoding(
            .text,
            encode: { SQLValue(of: $0) },
            decode: { row throws(DatabaseError) in try row.scalar() }
        )
    }
}

extension ValueCoding where Value: Schema {
    /// As JSON.
    public static var json: ValueCoding {
        ValueCoding(
            .json,
            encode: { SQLValue(of: $0) },
            decode: { row throws(DatabaseError) in try row.decoded() }
        )
    }
}

extension ValueCoding {
    /// The same for values that may not be there.
    public var optional: ValueCoding<Value?> {
        ValueCoding<Value?>(
            self.type,
            isOptional: true,
            encode: { [encode] in $0.map(encode) ?? .null },
            decode: { [decode] row throws(DatabaseError) in row.takeNull() ? nil : try decode(&row) }
        )
    }
}

/// What only optionals conform to.
protocol OptionalValue {}
extension Optional: OptionalValue {}
