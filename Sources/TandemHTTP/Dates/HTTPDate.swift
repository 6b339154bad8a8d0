// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A moment as HTTP writes it, to the second (RFC 9110, section 5.6.7).
///
/// ```swift
/// HTTPDate("Sun, 06 Nov 1994 08:49:37 GMT")?.secondsSince1970    // 784111777
/// response.headers["expires"] = HTTPDate.now.advanced(by: 3600).description
/// ```
public struct HTTPDate: Sendable, Hashable {
    /// Seconds since the start of 1970, UTC, leap seconds not counted; from year 0 to year 9999.
    public let secondsSince1970: Int

    /// A date by its seconds since the start of 1970, UTC; what lies outside the years 0 to 9999 becomes their end.
    public init(secondsSince1970: Int) {
        self.secondsSince1970 = min(max(secondsSince1970, -62_167_219_200), 253_402_300_799)
    }

    /// The current date by the system's clock.
    public static var now: HTTPDate {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return HTTPDate(secondsSince1970: time.tv_sec)
    }
}

extension HTTPDate: Strideable {
    /// The seconds from this date to another.
    public func distance(to other: HTTPDate) -> Int { other.secondsSince1970 - self.secondsSince1970 }

    /// The date so many seconds later.
    public func advanced(by seconds: Int) -> HTTPDate {
        let (sum, overflow) = self.secondsSince1970.addingReportingOverflow(seconds)
        return HTTPDate(secondsSince1970: overflow ? (seconds < 0 ? .min : .max) : sum)
    }
}

/// A day of the proleptic Gregorian calendar.
struct CivilDay: Equatable {
    var year: Int
    /// 1 to 12.
    var month: Int
    /// 1 to 31.
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day so many days after 1 January 1970.
    init(daysSince1970 days: Int) {
        // Years begin in March here, so that the leap day is the last of one; an era is 400 of them.
        let shifted = days + 719_468
        let era = shifted.flooredQuotient(146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        self.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.year = yearOfEra + era * 400 + (self.month <= 2 ? 1 : 0)
    }

    /// The days since 1 January 1970.
    var daysSince1970: Int {
        let year = self.month <= 2 ? self.year - 1 : self.year
        let era = year.flooredQuotient(400)
        let yearOfEra = year - era * 400
        let monthFromMarch = self.month > 2 ? self.month - 3 : self.month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + self.day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Whether the calendar has this day.
    var exists: Bool {
        (1...12).contains(self.month) && self.day >= 1 && CivilDay(daysSince1970: self.daysSince1970) == self
    }
}

extension Int {
    /// The quotient rounded towards negative infinity.
    func flooredQuotient(_ divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
