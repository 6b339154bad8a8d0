// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A unit of the calendar, which a moment can be cut to.
public enum TimeUnit: String, Hashable, Sendable, CaseIterable {
    case year
    case month
    case day
    case hour
    case minute
    case second
}

extension SQLExpression<Date> {
    /// The time of the statement, on PostgreSQL of its transaction.
    public static var now: SQLExpression {
        SQLExpression(
            .dialect { $0 == .sqlite ? "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')" : "CURRENT_TIMESTAMP" },
            .own
        )
    }

    /// The moment so many seconds later.
    public func adding(seconds: Int) -> SQLExpression { self.with(.later(self.sql, seconds)) }

    /// The beginning of the year, month, day… in UTC.
    public func truncated(to unit: TimeUnit) -> SQLExpression { self.with(.truncated(self.sql, unit)) }
}

extension SQLExpression<Date?> {
    /// The moment so many seconds later.
    public func adding(seconds: Int) -> SQLExpression { self.with(.later(self.sql, seconds)) }

    /// The beginning of the year, month, day… in UTC.
    public func truncated(to unit: TimeUnit) -> SQLExpression { self.with(.truncated(self.sql, unit)) }
}

extension SQL {
    fileprivate static func later(_ moment: SQL, _ seconds: Int) -> SQL {
        .dialect { dialect in
            guard dialect == .sqlite else {
                let count = SQL.typed(.double(Double(seconds)), as: .double)
                return .infix(moment, " + ", .call("make_interval", "secs => " + count))
            }
            // SQLite's clock knows milliseconds; the fraction is put back as it was.
            let whole = SQL.call("substr", moment, "1", "19")
            let shift = SQL.value(.text("\(seconds) seconds"))
            return .infix(
                .call("strftime", "'%Y-%m-%dT%H:%M:%S'", whole, shift),
                " || ",
                .call("substr", moment, "20")
            )
        }
    }

    fileprivate static func truncated(_ moment: SQL, _ unit: TimeUnit) -> SQL {
        .dialect { dialect in
            guard dialect == .sqlite else {
                return .call("date_trunc", SQL(text: "'\(unit.rawValue)'"), moment, "'UTC'")
            }
            let (length, rest) = unit.prefix
            return .infix(.call("substr", moment, SQL(text: "1, \(length)")), " || ", SQL(text: "'\(rest)'"))
        }
    }
}

extension TimeUnit {
    /// How much of `2026-11-24T18:00:00.000000Z` stays, and what comes behind it.
    fileprivate var prefix: (length: Int, rest: String) {
        let end = "-01-01T00:00:00.000000Z"
        let length =
            switch self {
            case .year: 4
            case .month: 7
            case .day: 10
            case .hour: 13
            case .minute: 16
            case .second: 19
            }
        return (length, String(end.dropFirst(length - 4)))
    }
}
