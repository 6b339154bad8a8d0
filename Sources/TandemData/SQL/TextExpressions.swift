// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A type whose values are texts in a database, so that they can be searched and put together there.
///
/// A type of your own that is kept as a text can conform.
public protocol TextValue: Sendable {}

extension String: TextValue {}
extension Optional: TextValue where Wrapped: TextValue {}

extension SQLExpression where Value: TextValue {
    /// Whether a text is part of it, in the same case; in either case, on SQLite of A to Z alone, where told so.
    public func contains(_ text: String, ignoringCase: Bool = false) -> SQLExpression<Bool> {
        self.matches("%", text, "%", ignoringCase: ignoringCase)
    }

    /// Whether it begins with a text, in the same case; in either case, on SQLite of A to Z alone, where told so.
    public func hasPrefix(_ text: String, ignoringCase: Bool = false) -> SQLExpression<Bool> {
        self.matches("", text, "%", ignoringCase: ignoringCase)
    }

    /// Whether it ends with a text, in the same case; in either case, on SQLite of A to Z alone, where told so.
    public func hasSuffix(_ text: String, ignoringCase: Bool = false) -> SQLExpression<Bool> {
        self.matches("%", text, "", ignoringCase: ignoringCase)
    }

    /// In small letters; on SQLite A to Z alone change.
    public func lowercased() -> SQLExpression { self.with(.call("LOWER", self.sql)) }

    /// In capital letters; on SQLite A to Z alone change.
    public func uppercased() -> SQLExpression { self.with(.call("UPPER", self.sql)) }

    /// Without the spaces at its ends.
    public func trimmed() -> SQLExpression { self.with(.call("TRIM", self.sql)) }

    /// How many characters it has, as Unicode counts its code points.
    public var length: SQLExpression<Int> {
        SQLExpression<Int>(.call("LENGTH", self.sql), .own, isNullable: self.isNullable)
    }

    /// SQLite's LIKE knows no case and its GLOB does, the other way round than PostgreSQL's LIKE and ILIKE; and it
    /// refuses patterns of more than 50,000 bytes.
    private func matches(
        _ before: String,
        _ text: String,
        _ after: String,
        ignoringCase: Bool
    ) -> SQLExpression<Bool> {
        let sql = self.sql
        let condition = SQL.dialect { dialect in
            if dialect == .sqlite, text.utf8.count > SQL.longestPattern {
                return .comparison(of: sql, before, text, after, ignoringCase: ignoringCase)
            }
            if dialect == .sqlite, !ignoringCase {
                let any = ["": "", "%": "*"]
                let pattern = (any[before] ?? "") + text.globEscaped + (any[after] ?? "")
                return .infix(sql, " GLOB ", .value(.text(pattern)))
            }
            let name = dialect == .sqlite || !ignoringCase ? " LIKE " : " ILIKE "
            return .infix(sql, name, .value(.text(before + text.likeEscaped + after)) + SQL(text: " ESCAPE '\\'"))
        }
        return .condition(condition, isNullable: self.isNullable)
    }
}

extension SQL {
    /// How many bytes of a text SQLite gets as a pattern, in which each may be three.
    fileprivate static let longestPattern = 10_000

    /// A comparison without a pattern, for SQLite.
    fileprivate static func comparison(
        of sql: SQL,
        _ before: String,
        _ text: String,
        _ after: String,
        ignoringCase: Bool
    ) -> SQL {
        // Like its LIKE, SQLite's `lower` knows A to Z alone.
        let change = { (sql: SQL) in ignoringCase ? SQL.call("lower", sql) : sql }
        let (whole, part) = (change(sql), change(.value(.text(text))))
        if after.isEmpty { return .infix(.call("substr", whole, "-length(" + part + ")"), " = ", part) }
        return .infix(.call("instr", whole, part), before.isEmpty ? " = " : " >= ", "1")
    }
}

extension String {
    /// A text that a LIKE with `\` as its escape takes for itself.
    fileprivate var likeEscaped: String {
        self.escaped { "%_\\".unicodeScalars.contains($0) ? "\\\($0)" : nil }
    }

    /// A text that a GLOB takes for itself.
    fileprivate var globEscaped: String {
        self.escaped { "*?[".unicodeScalars.contains($0) ? "[\($0)]" : nil }
    }

    private func escaped(_ escape: (Unicode.Scalar) -> String?) -> String {
        self.unicodeScalars.reduce(into: "") { text, character in
            if let escaped = escape(character) { text += escaped } else { text.unicodeScalars.append(character) }
        }
    }
}
