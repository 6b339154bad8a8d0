// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemSchema
import Testing

@Suite("Each type reads what it writes")
struct TypeTests {
    private static let everything = Everything(
        text: "\u{E9}\"",
        flag: true,
        small: -128,
        large: .max,
        huge: .min,
        number: 1.5e300,
        single: 0.1,
        money: Decimal(string: "12345678901234567890.123456789")!,
        id: UUID(),
        at: Date(timeIntervalSince1970: 1.25),
        bytes: Data([0, 255, 16]),
        link: URL(string: "https://example.org/a?b=c#d")!,
        maybe: nil,
        list: [[1], [], [2, 3]],
        set: [1, 2, 3],
        counts: ["a": 1, "": 2],
        ids: [7: "x", -1: "y"],
        shape: .circle(center: Point(x: 0, y: 1), radius: 2),
        page: Page(items: [Point(x: 1, y: 2)], next: "n"),
        any: ["a": [1.5, nil, true]]
    )

    @Test("A value of every type is read as it was written")
    func roundTrip() throws {
        let text = try JSON.text(Self.everything)
        #expect(try JSON.decode(Everything.self, from: text) == Self.everything)
        #expect(text.contains(#""huge":-170141183460469231731687303715884105728,"#))
        #expect(text.contains(#""money":12345678901234567890.123456789,"#))
        #expect(text.contains(#""at":"1970-01-01T00:00:01.25Z","#))
        #expect(text.contains(#""bytes":"AP8Q","#))
        #expect(text.contains(#""default":7"#))
    }

    @Test(
        "An enum whose cases have values says which one it is",
        arguments: [
            (
                #"{"type":"circle","center":{"x":0,"y":1},"radius":2}"#,
                Shape.circle(center: Point(x: 0, y: 1), radius: 2)
            ),
            (#"{"radius":1,"center":{"y":1,"x":0},"type":"circle"}"#, .circle(center: Point(x: 0, y: 1))),
            (#"{"center":{"y":1,"x":0},"type":"circle"}"#, .circle(center: Point(x: 0, y: 1))),
            (#"{"type":"polygon","value":[]}"#, .polygon([])), (#"{"type":"nothing"}"#, .empty),
        ]
    )
    func union(text: String, shape: Shape) throws {
        #expect(try JSON.decode(Shape.self, from: text) == shape)
        #expect(try JSON.decode(Shape.self, from: JSON.text(shape)) == shape)
    }

    @Test(
        "A case that there is not, or without its values, is a violation",
        arguments: [
            ("{}", ["/type required"]), (#"{"type":"square"}"#, ["/type enum"]), (#"{"type":1}"#, ["/type enum"]),
            (#"{"type":"polygon"}"#, ["/value required"]), ("[]", [" type"]),
            (#"{"type":"circle","center":{"x":"0"}}"#, ["/center/x type", "/center/y required"]),
        ]
    )
    func noUnion(text: String, expected: [String]) {
        #expect(violations(of: text, as: Shape.self) == expected)
    }

    @Test("An enum of words is one of the names of its cases")
    func words() throws {
        #expect(try JSON.decode([Channel].self, from: #"["mail","live-chat"]"#) == [.mail, .chat])
        #expect(violations(of: #""chat""#, as: Channel.self) == [" enum"])
        #expect(Channel(text: "live-chat") == .chat)
        #expect(Priority.allCases == [.low, .normal, .high])
    }

    @Test(
        "Dates are those of RFC 3339",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01t01:00:00.5+01:00", 0.5),
            ("1969-12-31T23:59:59.999999Z", -0.000001),
            ("2000-02-29T00:00:00-00:00", 951_782_400), ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] as [(String, Double)]
    )
    func dates(text: String, seconds: Double) throws {
        let date = try JSON.decode(Date.self, from: "\"\(text)\"")
        #expect(abs(date.timeIntervalSince1970 - seconds) < 1e-6)
        #expect(Date(text: date.text) == date)
    }

    @Test(
        "What is no date is a violation",
        arguments: [
            "1970-01-01", "1970-01-01T00:00:00", "1970-13-01T00:00:00Z", "1970-02-29T00:00:00Z", "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00+1:00", "70-01-01T00:00:00Z", "",
            "1970-01-01T00:00:00Zx", "1970-04-31T00:00:00Z",
        ]
    )
    func noDates(text: String) {
        #expect(violations(of: "\"\(text)\"", as: Date.self) == [" format"])
    }

    @Test("Other values are refused where the type names a thing")
    func things() {
        #expect(violations(of: #""no uuid""#, as: UUID.self) == [" format"])
        #expect(violations(of: #""%%%""#, as: Data.self) == [" format"])
        #expect(violations(of: #""no scheme""#, as: URL.self) == [" format"])
        #expect(violations(of: #""1""#, as: Decimal.self) == [" type"])
        #expect(violations(of: #"[1,1]"#, as: Set<Int>.self) == [" unique"])
        #expect(violations(of: #"{"x":"a","1":2}"#, as: [Int: String].self) == ["/x key", "/1 type"])
    }
}
