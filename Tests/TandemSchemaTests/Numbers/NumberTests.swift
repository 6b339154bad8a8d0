// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemSchema
import Testing

@Suite("Numbers keep their digits")
struct NumberTests {
    @Test(
        "Integers are read in any notation",
        arguments: [
            ("0", 0), ("-0", 0), ("1", 1), ("-1", -1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("1e2", 100), ("1.0", 1), ("1.50e1", 15), ("120e-1", 12), ("0e999999999999999999999", 0),
            ("-0.0", 0), ("9223372036854775807.000", .max), ("922337203685477580700e-2", .max),
        ] as [(String, Int)]
    )
    func integers(text: String, value: Int) throws {
        #expect(try JSON.decode(Int.self, from: text) == value)
    }

    @Test(
        "What the type cannot hold, or is no integer, is a violation",
        arguments: [
            ("9223372036854775808", " range"), ("-9223372036854775809", " range"), ("1e19", " range"), ("1.5", " type"),
            ("1e-1", " type"), ("\"1\"", " type"), ("true", " type"), ("null", " type"), ("1e999999999", " range"),
            ("99999999999999999999999999999999999999999999999999", " range"),
        ]
    )
    func noIntegers(text: String, violation: String) {
        #expect(violations(of: text, as: Int.self) == [violation])
    }

    @Test("Each type of integers ends where it ends")
    func bounds() throws {
        func check<Integer: Scalar & FixedWidthInteger>(_ type: Integer.Type) throws {
            for value in [Integer.min, Integer.max, 0, 1] {
                #expect(try JSON.decode(type, from: JSON.text(value)) == value)
                #expect(try JSON.text(value) == value.description)
            }
            #expect(violations(of: "\(Integer.max)0", as: type) == [" range"])
            let below = Integer.isSigned ? "\(Integer.min)0" : "-1"
            #expect(violations(of: below, as: type) == [" range"])
        }
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(Int128.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt128.self)
        #expect(violations(of: "128", as: Int8.self) == [" range"])
        #expect(try JSON.decode(Int8.self, from: "-128") == -128)
        #expect(violations(of: "-129", as: Int8.self) == [" range"])
    }

    @Test(
        "Numbers that are hard to round are rounded to the nearest double",
        arguments: [
            "0.1", "1e23", "8.5e22", "9007199254740993", "9007199254740992.9999999", "1.7976931348623157e308",
            "4.9406564584124654e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308",
            "2.2250738585072014e-308", "2.2250738585072012e-308", "123456789012345678901234567890", "1e-400",
            "6.9294956446009195e15", "3.5844466002796428e298", "-65.613616999999977", "7.3177701707893310e15",
            "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
            "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
            "9223372036854775808.5e-10", "1.00000000000000011102230246251565404236316680908203125",
            "1.00000000000000011102230246251565404236316680908203124",
            "1.00000000000000011102230246251565404236316680908203126",
        ]
    )
    func hardDoubles(text: String) throws {
        #expect(try JSON.decode(Double.self, from: text) == Double(text))
    }

    @Test("Random doubles are read as they were written, and as the system reads them", arguments: 1...4)
    func randomDoubles(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<5_000 {
            let value = Double(bitPattern: .random(in: .min ... .max, using: &generator))
            if value.isFinite {
                let text = try JSON.text(value)
                #expect(text == value.description)
                #expect(try JSON.decode(Double.self, from: JSON.text(value)) == value)
            }
            let short = Double(Int.random(in: -999_999...999_999, using: &generator)) / 1000
            #expect(try JSON.text(short) == short.description)
            let digits = String(UInt64.random(in: .min ... .max, using: &generator))
            let text = "\(digits.prefix(1)).\(digits.dropFirst())e\(Int.random(in: -345...307, using: &generator))"
            #expect(try JSON.decode(Double.self, from: text) == Double(text), "\(text)")
            // Up to 17 digits, so near the middle between two decimals.
            let start = digits.prefix(.random(in: 1...17, using: &generator))
            let near = Double("\(start)e\(Int.random(in: -30...9, using: &generator))") ?? 0
            for value in [near, near.nextUp, near.nextDown] { #expect(try JSON.text(value) == value.description) }
        }
    }

    @Test(
        "Doubles are written in the fewest digits, as Swift does",
        arguments: [
            0, -0.0, 1, -1, 0.1, 1e15, 1e16, 9_007_199_254_740_991, 9_007_199_254_740_992, 12_345_678_901_234_568, 1e17,
            0.0001, 0.00001, 1.5e-5, 123.456, .leastNonzeroMagnitude, 1e23, 9.5e22, 2.2250738585072014e-308,
            1.7976931348623157e308,
            4.35, 0.3, 2e-44, 1e-7, 100, 1e22, 1e21, 65_536.5, 1 / 3,
        ] as [Double]
    )
    func shortest(value: Double) throws {
        #expect(try JSON.text(value) == value.description)
        let powers = (-1074...1023).map { Double(sign: .plus, exponent: $0, significand: 1) }
        let texts = try powers.map { try JSON.text($0) }
        #expect(zip(texts, powers).filter { $0 != $1.description }.map { "\($0) \($1)" } == [])
    }

    @Test("A number that is too large for a double is a violation, and one that is too small is zero")
    func extremes() throws {
        #expect(violations(of: "1e309", as: Double.self) == [" range"])
        #expect(violations(of: "-1e999999999999", as: Double.self) == [" range"])
        #expect(try JSON.decode(Double.self, from: "1e-999999999999") == 0)
    }

    @Test("What has no text in JSON cannot be written", arguments: [Double.infinity, -.infinity, .nan])
    func notFinite(value: Double) {
        #expect(throws: JSONEncodingError.self) { try JSON.text([1, value]) }
    }

    @Test(
        "A number that was made by hand is only written where it is one",
        arguments: ["", "1.", "01", "1e", "NaN", "1,2", " 1", "1 "]
    )
    func handMade(text: String) {
        #expect(throws: JSONEncodingError.self) { try JSON.text(JSON.number(text)) }
    }
}
