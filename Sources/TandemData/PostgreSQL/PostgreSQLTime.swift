// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import FoundationEssentials
import TandemSchema

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
    static func text(_ microseconds: Int64) -> String { self.written { self.write(microseconds, to: &$0) } }

    /// A day as text, from days since 2000.
    static func day(_ days: Int64) -> String {
        self.written { bytes in if self.writeDay(days, to: &bytes) { bytes += " BC".utf8 } }
    }

    /// A time of day as text.
    static func timeText(_ microseconds: Int64) -> String { self.written { self.writeTime(microseconds, to: &$0) } }

    private static func written(_ write: (inout [UInt8]) -> Void) -> String {
        var bytes: [UInt8] = []
        write(&bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes a moment.
    static func write(_ microseconds: Int64, to bytes: inout [UInt8]) {
        let day: Int64 = 86_400_000_000
        let days = microseconds >= 0 ? microseconds / day : -((day - 1 - microseconds) / day)
        let isBC = self.writeDay(days, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        self.writeTime(microseconds - days * day, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        if isBC { bytes += " BC".utf8 }
    }

    private static func writeTime(_ microseconds: Int64, to bytes: inout [UInt8]) {
        let seconds = microseconds / 1_000_000
        self.write(seconds / 3600, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        self.write(seconds / 60 % 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        self.write(seconds % 60, 2, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        self.write(microseconds % 1_000_000, 6, to: &bytes)
    }

    /// From 1970 to 2000.
    private static let daysFrom1970 = 10_957

    /// Writes the date of days since 2000.
    ///
    /// - Returns: Whether it is before the year 1.
    private static func writeDay(_ days: Int64, to bytes: inout [UInt8]) -> Bool {
        let date = CivilDate(daysSince1970: Int(days) + Self.daysFrom1970)
        self.write(Int64(date.year > 0 ? date.year : 1 - date.year), 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        self.write(Int64(date.month), 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        self.write(Int64(date.day), 2, to: &bytes)
        return date.year <= 0
    }

    /// Writes a number with as many digits at least.
    private static func write(_ number: Int64, _ width: Int, to bytes: inout [UInt8]) {
        var power: Int64 = 1
        var digits = 1
        while digits < width || number / power >= 10 {
            power *= 10
            digits += 1
        }
        while power > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
            power /= 10
        }
    }
}
#endif
