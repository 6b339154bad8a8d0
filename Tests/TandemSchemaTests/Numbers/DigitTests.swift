// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemSchema
import Testing

/// Digits are read and written eight at a time: each number of them counts, and so does what stands around them.
@Suite("Numbers of every number of digits are right")
struct DigitTests {
    /// Texts of so many digits, the first of which is no zero: all nines, a one and zeros, and some by chance.
    private static func digits(_ count: Int) -> [String] {
        var generator = SeededGenerator(seed: UInt64(count))
        let random = (0..<20).map { _ in
            String(Int.random(in: 1...9, using: &generator))
                + (1..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
        }
        let zeros = String(repeating: "0", count: count - 1)
        return ["1" + zeros, "9" + zeros, String(repeating: "9", count: count)] + random
    }

    @Test("Integers are read and written as they are, alone and among others", arguments: 1...20)
    func integers(count: Int) throws {
        for digits in Self.digits(count) {
            for text in [digits, "-\(digits)"] {
                guard let value = Int(text) else {
                    #expect(violations(of: text, as: Int.self) == [" range"])
                    continue
                }
                #expect(try JSON.decode(Int.self, from: text) == value)
                #expect(try JSON.decode([Int].self, from: "[\(text),\(text) , \(text)]") == [value, value, value])
                #expect(try JSON.decode(Int.self, from: "\(text).0") == value)
                #expect(try JSON.decode(Int.self, from: "\(text)e0") == value)
                #expect(try JSON.text(value) == text)
            }
            guard let value = UInt64(digits) else { continue }
            #expect(try JSON.decode(UInt64.self, from: digits) == value)
            #expect(try JSON.text(value) == digits)
        }
    }

    @Test("What is no integer is refused", arguments: 1...20)
    func noIntegers(count: Int) {
        for digits in Self.digits(count).prefix(5) {
            for text in ["0\(digits)", "-0\(digits)", "+\(digits)", "\(digits).", "\(digits)e", "\(digits)-", "-"] {
                #expect(throws: JSONError.self, "\(text)") { try JSON.decode(Int.self, from: text) }
                #expect(throws: JSONError.self, "\(text)") { try JSON.decode(Double.self, from: text) }
            }
            #expect(violations(of: "\(digits).5", as: Int128.self) == [" type"])
            #expect(violations(of: "-0.\(digits)", as: Int.self) == [" type"])
            #expect(violations(of: "\(digits)e30", as: UInt64.self) == [" range"])
            let limits = JSONLimits(numberBytes: count)
            #expect(violations(of: digits, as: UInt128.self, limits: limits) == [])
            #expect(violations(of: "-\(digits)", as: Int128.self, limits: limits).first?.contains("number") == true)
        }
    }

    @Test("Doubles are read as the system reads them, with the point at every place", arguments: 1...20)
    func doubles(count: Int) throws {
        for digits in Self.digits(count) {
            for point in 0...count {
                let text =
                    point == 0
                    ? "0.\(digits)" : point == count ? digits : "\(digits.prefix(point)).\(digits.dropFirst(point))"
                for text in [text, "-\(text)", "\(text)e3", "\(text)E-7", "\(text)e+0"] {
                    let value = try #require(Double(text))
                    #expect(try JSON.decode(Double.self, from: text) == value, "\(text)")
                    #expect(try JSON.decode([Double].self, from: "[\(text),\(text)]") == [value, value], "\(text)")
                    #expect(try JSON.text(value) == value.description)
                    #expect(try JSON.text(value.nextUp) == value.nextUp.description)
                    #expect(try JSON.text(value.nextDown) == value.nextDown.description)
                }
            }
        }
    }

    @Test("Doubles with few digits behind the point are written as Swift does", arguments: 0...6)
    func decimals(places: Int) throws {
        var generator = SeededGenerator(seed: UInt64(places))
        let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
        let ends: [Int] = [
            0, 1, 5, 9, 10, 95, 99, 100, 9_999, 10_000, 10_001, 99_999_999, 100_000_000, 999_999_999_999_999,
        ]
        let random = (0..<3_000).map { step in Int.random(in: 0...(1 << (step % 53)), using: &generator) }
        let values = (ends + random).map { Double($0) / scale }
        let wrong = try values.flatMap { [$0, -$0] }.filter { try JSON.text($0) != $0.description }
        #expect(wrong == [])
    }
}
