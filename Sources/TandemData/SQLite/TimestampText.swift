// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema

/// Moments as SQLite keeps them: `2026-11-24T18:00:00.000000Z`, always of 27 characters, so that they sort.
enum TimestampText {
    static let length = 27

    /// Writes a moment over 27 bytes.
    ///
    /// - Returns: Whether it can be written: the years are those from 0 to 9999.
    static func write(_ moment: Date, to text: inout [UInt8]) -> Bool {
        let interval = moment.timeIntervalSince1970
        guard interval >= -62_167_219_200, interval < 253_402_300_799.999_999_5 else { return false }
        let microseconds = Int((interval * 1e6).rounded())
        let (day, inDay) = microseconds.floorDivided(by: 86_400_000_000)
        let date = CivilDate(daysSince1970: day)
        guard date.year <= 9_999 else { return false }
        let second = inDay / 1_000_000
        Self.put(date.year, 4, at: 0, in: &text)
        Self.put(date.month, 2, at: 5, in: &text)
        Self.put(date.day, 2, at: 8, in: &text)
        Self.put(second / 3600, 2, at: 11, in: &text)
        Self.put(second / 60 % 60, 2, at: 14, in: &text)
        Self.put(second % 60, 2, at: 17, in: &text)
        Self.put(inDay % 1_000_000, 6, at: 20, in: &text)
        return true
    }

    /// What `write` fills in.
    static let blank = Array("0000-00-00T00:00:00.000000Z".utf8)

    private static func put(_ number: Int, _ width: Int, at start: Int, in text: inout [UInt8]) {
        var rest = number
        for index in stride(from: start + width - 1, through: start, by: -1) {
            text[index] = UInt8(truncatingIfNeeded: 48 + rest % 10)
            rest /= 10
        }
    }

    /// Reads what `write` has written; nil of any other text.
    static func date(_ text: ArraySlice<UInt8>) -> Date? {
        guard text.count == Self.length else { return nil }
        var parts = (0, 0, 0, 0, 0, 0, 0)
        guard Self.take(text, 0, 4, "-", &parts.0), Self.take(text, 5, 2, "-", &parts.1),
            Self.take(text, 8, 2, "T", &parts.2), Self.take(text, 11, 2, ":", &parts.3),
            Self.take(text, 14, 2, ":", &parts.4), Self.take(text, 17, 2, ".", &parts.5),
            Self.take(text, 20, 6, "Z", &parts.6)
        else { return nil }
        let date = CivilDate(year: parts.0, month: parts.1, day: parts.2)
        let day = date.daysSince1970
        // A day or a time that there is not: the slow way knows, and refuses it.
        guard (1...12).contains(parts.1), (1...28).contains(parts.2) || CivilDate(daysSince1970: day) == date,
            parts.3 < 24, parts.4 < 60, parts.5 < 60
        else { return nil }
        let seconds = day * 86_400 + parts.3 * 3_600 + parts.4 * 60 + parts.5
        return Date(timeIntervalSince1970: Double(seconds) + Double(parts.6) / 1e6)
    }

    private static func take(
        _ text: ArraySlice<UInt8>,
        _ start: Int,
        _ width: Int,
        _ end: Unicode.Scalar,
        _ number: inout Int
    ) -> Bool {
        let start = text.startIndex + start
        for byte in text[start..<start + width] {
            let digit = byte &- 48
            guard digit < 10 else { return false }
            number = number * 10 + Int(digit)
        }
        return text[start + width] == UInt8(ascii: end)
    }
}
