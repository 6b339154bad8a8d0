// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Dates of HTTP")
struct HTTPDateTests {
    @Test(
        "A moment is written as IMF-fixdate",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (-62_167_219_200, "Sat, 01 Jan 0000 00:00:00 GMT"),
            (Int.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (Int.min, "Sat, 01 Jan 0000 00:00:00 GMT"),
        ]
    )
    func writing(seconds: Int, text: String) {
        let date = HTTPDate(secondsSince1970: seconds)
        #expect(date.description == text)
        #expect(HTTPDate(text) == date)
    }

    @Test("The writer adds its 29 bytes after what is there")
    func writer() {
        var buffer = ByteBuffer(string: "date: ")
        buffer.reserveCapacity(64)
        buffer.writeHTTPDate(HTTPDate(secondsSince1970: 784_111_777))
        #expect(String(buffer: buffer) == "date: Sun, 06 Nov 1994 08:49:37 GMT")
    }

    @Test(
        "All three forms are read",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ]
    )
    func threeForms(text: String) {
        #expect(HTTPDate(text)?.secondsSince1970 == 784_111_777)
    }

    @Test("A day of two digits stands in the form of asctime too")
    func asctime() {
        #expect(HTTPDate("Wed Nov 16 08:49:37 1994")?.description == "Wed, 16 Nov 1994 08:49:37 GMT")
    }

    @Test("A leap second is the next second")
    func leapSecond() {
        #expect(HTTPDate("Sat, 31 Dec 2016 23:59:60 GMT")?.description == "Sun, 01 Jan 2017 00:00:00 GMT")
    }

    @Test(
        "A year of two digits lies less than 50 years ahead",
        arguments: [(26, 2026), (76, 2076), (77, 1977), (99, 1999), (0, 2000)]
    )
    func shortYear(digits: Int, year: Int) throws {
        let now = try #require(HTTPDate("Sun, 01 Nov 2026 00:00:00 GMT"))
        let text = "Sunday, 06-Nov-\(digits < 10 ? "0" : "")\(digits) 08:49:37 GMT"
        let date = try #require(HTTPDate(text, now: now))
        #expect(date.description.contains(" Nov \(year) "))
    }

    @Test(
        "Anything else is no date",
        arguments: [
            "", " ", "Sun", "now", "784111777", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 gmt",
            "sun, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT", "Thu, 31 Nov 1994 08:49:37 GMT", "Wed, 29 Feb 2023 00:00:00 GMT",
            "Mon, 29 Feb 2100 00:00:00 GMT", "Sun, 06 Abc 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT ", " Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994  08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT", "Sun, 06 Nov 1994 08-49-37 GMT",
            "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 1994 GMT", "Sun, 06-Nov-94 08:49:37 GMT",
            "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06 Nov 1994 08:49:37 GMT", "Süß, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMTSun, 06 Nov 1994 08:49:37 GMT",
        ]
    )
    func malformed(text: String) {
        #expect(HTTPDate(text) == nil)
    }

    @Test("Every prefix of a date is no date")
    func prefixes() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            for length in 0..<text.count { #expect(HTTPDate(String(text.prefix(length))) == nil) }
        }
    }

    @Test("What is written is read back, on random days")
    func roundTrip() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let date = HTTPDate(secondsSince1970: .random(in: -62_167_219_200...253_402_300_799, using: &random))
            #expect(HTTPDate(date.description) == date)
        }
    }

    @Test("Days and dates go over into each other, one by one through four centuries")
    func calendar() {
        var expected = CivilDay(year: 1900, month: 1, day: 1)
        let start = expected.daysSince1970
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for days in start..<(start + 4 * 36_525) {
            let isLeap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
            let found = CivilDay(daysSince1970: days)
            if found != expected || found.daysSince1970 != days { Issue.record("\(found) is not \(expected)") }
            expected.day += 1
            if expected.day > lengths[expected.month - 1] + (isLeap && expected.month == 2 ? 1 : 0) {
                expected.day = 1
                expected.month += 1
                if expected.month > 12 { (expected.year, expected.month) = (expected.year + 1, 1) }
            }
        }
        #expect(expected.year == 2300)
    }
}
