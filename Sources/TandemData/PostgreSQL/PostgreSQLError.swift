// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL

/// What PostgreSQL or libpq said, the cause of a database error.
///
/// It may name values, so it is for the log alone.
public struct PostgreSQLError: Error, Sendable, CustomStringConvertible {
    /// The SQLSTATE of five characters; nil where no server said anything.
    public let sqlState: String?
    /// The server's own words.
    public let message: String
    /// More of them, with the values of the row.
    public let detail: String?
    /// The rule that was broken.
    public let constraint: String?
    let table: String?
    let column: String?
    /// The server's function, which tells apart errors of one code in every language.
    let function: String?
    /// Whether the statement has certainly not reached the server.
    let isUnsent: Bool

    init(message: String, isUnsent: Bool = false) {
        (self.sqlState, self.message, self.isUnsent) = (nil, message, isUnsent)
        (self.detail, self.constraint, self.table, self.column, self.function) = (nil, nil, nil, nil, nil)
    }

    /// What a failed result says.
    init(_ result: OpaquePointer) {
        func field(_ code: Int) -> String? { PQresultErrorField(result, Int32(code)).map { String(cString: $0) } }
        self.sqlState = field(TANDEM_PG_SQLSTATE)
        self.message = field(TANDEM_PG_MESSAGE) ?? PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        self.detail = field(TANDEM_PG_DETAIL)
        self.constraint = field(TANDEM_PG_CONSTRAINT)
        self.table = field(TANDEM_PG_TABLE)
        self.column = field(TANDEM_PG_COLUMN)
        self.function = field(TANDEM_PG_FUNCTION)
        self.isUnsent = false
    }

    /// The SQLSTATE and the server's words.
    public var description: String {
        [self.sqlState, self.message, self.detail].compactMap(\.self).joined(separator: ": ")
    }

    /// Whether a prepared statement was not there any more, or had to be planned anew; nothing of it has run.
    var isStaleStatement: Bool {
        self.sqlState == "26000" || self.sqlState == "0A000" && self.function == "RevalidateCachedQuery"
    }

    /// The columns that the detail begins with, `Key (a, b)=(…)` in any language; never the values behind them.
    var keyColumns: [String] {
        guard let detail = self.detail, let open = detail.firstIndex(of: "("),
            let end = detail.firstRange(of: ")=(")?.lowerBound, open < end
        else { return [] }
        return detail[detail.index(after: open)..<end].split(separator: ", ").map { name in
            name.hasPrefix("\"") && name.hasSuffix("\"") && name.count > 1
                ? String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"") : String(name)
        }
    }
}
#endif
