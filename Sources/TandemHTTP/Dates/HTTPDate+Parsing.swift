// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension HTTPDate {
    /// The date that a field's value says, in any of the three forms of RFC 9110, section 5.6.7.
    ///
    /// - Parameters:
    ///   - text: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`;
    ///     anything else is `nil`. The name of the day is not checked against the date.
    ///   - now: What a year of two digits is taken against: it lies less than 50 years ahead.
    public init?(_ text: String, now: HTTPDate = .now) {
        var (fixed, asctime, obsolete) = (DateCursor(text), DateCursor(text), DateCursor(text))
        let date = fixed.readFixed() ?? asctime.readAsctime() ?? obsolete.readObsolete(now: now)
        guard let date else { return nil }
        self = date
    }
}

/// Reads a date that takes up a text from its first byte to its last.
private struct DateCursor {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        // No date is longer than "Wednesday, 06-Nov-94 08:49:37 GMT".
        self.bytes = Array(text.utf8.prefix(40))
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`.
    mutating func readFixed() -> HTTPDate? {
        guard self.readName(of: HTTPDate.weekdays) != nil, self.read(", "),
            let day = self.readNumber(2), self.read(" "),
            let month = self.readName(of: HTTPDate.months), self.read(" "),
            let year = self.readNumber(4), self.read(" "),
            let second = self.readTime(), self.read(" GMT")
        else { return nil }
        return self.date(CivilDay(year: year, month: month + 1, day: day), second)
    }

    /// Reads `Sun Nov  6 08:49:37 1994`.
    mutating func readAsctime() -> HTTPDate? {
        guard self.readName(of: HTTPDate.weekdays) != nil, self.read(" "),
            let month = self.readName(of: HTTPDate.months), self.read(" "),
            let day = self.read(" ") ? self.readNumber(1) : self.readNumber(2), self.read(" "),
            let second = self.readTime(), self.read(" "),
            let year = self.readNumber(4)
        else { return nil }
        return self.date(CivilDay(year: year, month: month + 1, day: day), second)
    }

    /// Reads `Sunday, 06-Nov-94 08:49:37 GMT`.
    mutating func readObsolete(now: HTTPDate) -> HTTPDate? {
        guard self.readLongWeekday(), self.read(", "),
            let day = self.readNumber(2), self.read("-"),
            let month = self.readName(of: HTTPDate.months), self.read("-"),
            let shortYear = self.readNumber(2), self.read(" "),
            let second = self.readTime(), self.read(" GMT")
        else { return nil }
        let thisYear = CivilDay(daysSince1970: now.secondsSince1970.flooredQuotient(86_400)).year
        var year = thisYear - thisYear % 100 + shortYear
        if year > thisYear + 50 { year -= 100 }
        if year <= thisYear - 50 { year += 100 }
        return self.date(CivilDay(year: year, month: month + 1, day: day), second)
    }

    private func date(_ day: CivilDay, _ second: Int) -> HTTPDate? {
        guard self.offset == self.bytes.count, day.exists else { return nil }
        return HTTPDate(secondsSince1970: day.daysSince1970 * 86_400 + second)
    }

    /// `08:49:37`; the second 60 is a leap second, taken for the next one.
    private mutating func readTime() -> Int? {
        guard let hour = self.readNumber(2), hour < 24, self.read(":"),
            let minute = self.readNumber(2), minute < 60, self.read(":"),
            let second = self.readNumber(2), second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private mutating func read(_ text: StaticString) -> Bool {
        let end = self.offset + text.utf8CodeUnitCount
        guard end <= self.bytes.count else { return false }
        for index in self.offset..<end where self.bytes[index] != text.utf8Start[index - self.offset] { return false }
        self.offset = end
        return true
    }

    private mutating func readNumber(_ digits: Int) -> Int? {
        guard self.offset + digits <= self.bytes.count else { return nil }
        var number = 0
        for _ in 0..<digits {
            let digit = self.bytes[self.offset] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
            self.offset += 1
        }
        return number
    }

    /// Reads one of a list of names of three bytes each.
    private mutating func readName(of names: StaticString) -> Int? {
        guard self.offset + 3 <= self.bytes.count else { return nil }
        for index in 0..<names.utf8CodeUnitCount / 3
        where (0..<3).allSatisfy({ self.bytes[self.offset + $0] == names.utf8Start[index * 3 + $0] }) {
            self.offset += 3
            return index
        }
        return nil
    }

    private mutating func readLongWeekday() -> Bool {
        let names: [StaticString] = [
            "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
        ]
        for name in names where self.read(name) { return true }
        return false
    }
}
