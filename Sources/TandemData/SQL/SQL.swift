// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A piece of SQL: text that was written in code, with values that are always bound, never part of the text.
///
/// ```swift
/// let rows = try await db.rows("SELECT name FROM packages WHERE size > \(limit) AND section = \(section)")
/// ```
/// A `String` cannot become one; that no input ends up in the text is checked by the compiler.
public struct SQL: Sendable {
    var parts: [Part] = []

    enum Part: Sendable {
        case text(String)
        /// A name of a table or a column, which is quoted.
        case name(String)
        case value(SQLValue)
        /// A column of a table that the statement reads from; what leads to the table is joined.
        case column(TableReference, String)
        /// All columns of a model's table.
        case columns(TableReference, ModelText)
        /// What each database says in its own way.
        case dialect(@Sendable (Dialect) -> SQL)
        /// A query within the statement.
        indirect case query(SelectStatement)
    }

    init(_ parts: [Part] = []) {
        self.parts = parts
    }

    /// A text of our own, never input.
    init(text: String) {
        self.parts = [.text(text)]
    }

    /// A name, quoted.
    static func name(_ name: String) -> SQL { SQL([.name(name)]) }

    /// A bound value.
    static func value(_ value: SQLValue) -> SQL { SQL([.value(value)]) }

    /// What each database says in its own way.
    static func dialect(_ make: @escaping @Sendable (Dialect) -> SQL) -> SQL { SQL([.dialect(make)]) }

    /// A query in parentheses.
    static func query(_ select: SelectStatement) -> SQL { SQL([.text("("), .query(select), .text(")")]) }

    /// Two pieces with an operator between them, in parentheses.
    static func infix(_ left: SQL, _ name: String, _ right: SQL) -> SQL {
        var parts: [Part] = []
        parts.reserveCapacity(left.parts.count + right.parts.count + 3)
        parts.append(.text("("))
        parts += left.parts
        parts.append(.text(name))
        parts += right.parts
        parts.append(.text(")"))
        return SQL(parts)
    }

    /// A function of pieces.
    static func call(_ name: String, _ arguments: SQL...) -> SQL {
        SQL(text: name + "(") + arguments.joined(", ") + SQL(text: ")")
    }

    /// The value of another type.
    static func cast(_ sql: SQL, as type: String) -> SQL {
        SQL([.text("CAST(")] + sql.parts + [.text(" AS \(type))")])
    }

    /// Whether it is a column and nothing else.
    var isColumn: Bool {
        if self.parts.count == 1, case .column = self.parts[0] { true } else { false }
    }

    mutating func append(_ other: SQL) { self.parts += other.parts }

    mutating func append(_ text: String) { self.parts.append(.text(text)) }

    static func + (left: SQL, right: SQL) -> SQL { SQL(left.parts + right.parts) }
}

extension SQL: ExpressibleByStringInterpolation {
    /// SQL without values.
    public init(stringLiteral value: StringLiteralType) {
        self.init(text: value)
    }

    /// SQL with values in it.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Gathers the text and the values of a literal.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql = SQL()

        /// An empty one.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds what is written in code.
        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { self.sql.append(literal) }
        }

        /// Binds a value.
        public mutating func appendInterpolation<Value: ColumnValue>(_ value: Value) {
            self.sql.append(.value(value.sqlValue))
        }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: SQLValue) { self.sql.append(.value(value)) }

        /// Binds each value: `IN (\(list: ids))`; of none it is `NULL`, which nothing is equal to.
        public mutating func appendInterpolation<Value: ColumnValue>(list values: [Value]) {
            self.sql.append(.list(values.map(\.sqlValue)))
        }

        /// Adds another piece.
        public mutating func appendInterpolation(_ sql: SQL) { self.sql.append(sql) }

        /// Adds an expression.
        public mutating func appendInterpolation<Value>(_ expression: SQLExpression<Value>) {
            self.sql.append(expression.sql)
        }

        /// Adds a model's table by its name.
        public mutating func appendInterpolation<M: Model>(_ model: M.Type) {
            self.sql.append(.name(model.table.name))
        }

        /// Adds a name of a table or a column, quoted; any text is a name, and nothing more.
        public mutating func appendInterpolation(name: String) { self.sql.append(.name(name)) }
    }
}

extension SQL {
    /// Values between commas.
    static func list(_ values: [SQLValue]) -> SQL {
        values.isEmpty ? SQL(text: "NULL") : values.map(SQL.value).joined(", ")
    }
}

extension Sequence<SQL> {
    /// The pieces with a text between each two.
    func joined(_ separator: String) -> SQL {
        var joined = SQL()
        for (index, sql) in self.enumerated() {
            if index > 0 { joined.append(separator) }
            joined.append(sql)
        }
        return joined
    }
}
