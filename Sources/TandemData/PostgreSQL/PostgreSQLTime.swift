// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import FoundationEssentials

/// Moments as PostgreSQL counts them: microseconds from the begin of the year 2000, in UTC.
enum PostgreSQLTime {
    /// From 2000 to 2001, where `Date` counts from.
    private static let offset: Int64 = 366 * 86_400 * 1_000_000
    /// Years 4713 BC to 294276, as PostgreSQL keeps them.
    private static let range = -211_813_488_000_000_000..<9_223_371_331_200_000_000 as Range<Int64>

    /// A moment's count; nil where PostgreSQL cannot keep it.
    static func microseconds(_ date: Date) -> Int64? {
        guard let count = Int64(exactly: (date.timeIntervalSinceReferenceDate * 1e6).rounded()) else { return nil }
        let (sum, overflow) = count.addingReportingOverflow(self.offset)
        return overflow || !self.range.contains(sum) ? nil : sum
    }

    /// The moment of a count; nil for infinity.
    static func date(_ microseconds: Int64) -> Date? {
        guard self.range.contains(microseconds) else { return nil }
        return Date(timeIntervalSinceReferenceDate: Double(microseconds - self.offset) / 1e6)
    }

    /// A moment as text, `2026-11-24T18:00:00.000000Z`.
    static func text(_ microseconds: Int64) -> String {
        let day: Int64 = 86_400_000_000
        let days = microseconds >= 0 ? microseconds / day : -((day - 1 - microseconds) / day)
        let time = microseconds - days * day
        let (date, isBC) = self.dateText(days)
        return "\(date)T\(self.timeText(time))Z\(isBC ? " BC" : "")"
    }

    /// A day as text, from days since 2000.
    static func day(_ days: Int64) -> String {
        let (date, isBC) = self.dateText(days)
        return isBC ? date + " BC" : date
    }

    /// A time of day as text.
    static func timeText(_ microseconds: Int64) -> String {
        let seconds = microseconds / 1_000_000
        return self.padded(seconds / 3600, 2) + ":" + self.padded(seconds / 60 % 60, 2) + ":"
            + self.padded(seconds % 60, 2) + "." + self.padded(microseconds % 1_000_000, 6)
    }

    /// The civil date of days since 2000; the count of years without leap days begins in March.
    private static func dateText(_ days: Int64) -> (String, isBC: Bool) {
        let shifted = days + 730_425
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let part = (5 * dayOfYear + 2) / 153
        let month = part < 10 ? part + 3 : part - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let rest = "-" + self.padded(month, 2) + "-" + self.padded(dayOfYear - (153 * part + 2) / 5 + 1, 2)
        return (self.padded(year > 0 ? year : 1 - year, 4) + rest, year <= 0)
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
    }
}
#endif
