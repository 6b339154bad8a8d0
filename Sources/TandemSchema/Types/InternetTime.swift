// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A moment as RFC 3339, section 5.6 writes it: `2026-11-24T09:30:00.25+01:00`.
struct InternetTime {
    /// Since 1970-01-01T00:00:00Z.
    var seconds: Int
    /// From 0 to 999,999.
    var microseconds: Int

    /// The moment so many seconds after 1970, to the nearest microsecond.
    init(_ interval: Double) {
        // Years 0 to 9999 are what four digits can write.
        let bounded = interval.isFinite ? min(max(interval, -62_167_219_200), 253_402_300_799) : 0
        let micro = Int((bounded * 1e6).rounded())
        (self.seconds, self.microseconds) = micro.floorDivided(by: 1_000_000)
    }

    /// Reads a whole text; `nil` where it is none, or names a day or a time that there is not.
    init?(_ text: String) {
        var digits = Digits(text)
        guard let year = digits.number(4), digits.take("-"), let month = digits.number(2), digits.take("-"),
            let day = digits.number(2), digits.take("T") || digits.take("t") || digits.take(" "),
            let hour = digits.number(2), digits.take(":"), let minute = digits.number(2), digits.take(":"),
            let second = digits.number(2),
            (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        var fraction = 0
        if digits.take(".") {
            guard let micro = digits.microseconds() else { return nil }
            fraction = micro
        }
        guard let offset = digits.offset(), digits.isAtEnd else { return nil }
        let time = hour * 3600 + minute * 60 + second
        self.seconds = CivilDate(year: year, month: month, day: day).daysSince1970 * 86_400 + time - offset
        self.microseconds = fraction
    }

    /// In UTC, without a fraction where there is none.
    var text: String {
        let (days, rest) = self.seconds.floorDivided(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        var text = "\(Self.padded(date.year, 4))-\(Self.padded(date.month))-\(Self.padded(date.day))"
        text += "T\(Self.padded(rest / 3600)):\(Self.padded(rest / 60 % 60)):\(Self.padded(rest % 60))"
        if self.microseconds > 0 {
            var fraction = Self.padded(self.microseconds, 6)
            while fraction.last == "0" { fraction.removeLast() }
            text += ".\(fraction)"
        }
        return text + "Z"
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Takes numbers off the front of a text.
private struct Digits {
    private var rest: Substring.UTF8View

    init(_ text: String) { self.rest = text[...].utf8 }

    var isAtEnd: Bool { self.rest.isEmpty }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard let first = self.rest.first, first == UInt8(ascii: byte) else { return false }
        self.rest.removeFirst()
        return true
    }

    private mutating func digit() -> Int? {
        guard let first = self.rest.first, first &- 0x30 < 10 else { return nil }
        self.rest.removeFirst()
        return Int(first &- 0x30)
    }

    mutating func number(_ width: Int) -> Int? {
        var number = 0
        for _ in 0..<width {
            guard let digit = self.digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// A fraction of a second; digits beyond the sixth are cut off.
    mutating func microseconds() -> Int? {
        guard var value = self.digit() else { return nil }
        var width = 1
        while let digit = self.digit() {
            if width < 6 { value = value * 10 + digit }
            width += 1
        }
        while width < 6 {
            value *= 10
            width += 1
        }
        return value
    }

    /// `Z` or `+01:00`, in seconds.
    mutating func offset() -> Int? {
        if self.take("Z") || self.take("z") { return 0 }
        let isNegative = self.take("-")
        guard isNegative || self.take("+"), let hour = self.number(2), self.take(":"), let minute = self.number(2),
            hour < 24, minute < 60
        else { return nil }
        let seconds = hour * 3600 + minute * 60
        return isNegative ? -seconds : seconds
    }
}
