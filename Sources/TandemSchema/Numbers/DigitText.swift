// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Digits written to memory that has room for them.
struct DigitText {
    private let memory: UnsafeMutablePointer<UInt8>
    private(set) var count = 0

    init(_ memory: UnsafeMutablePointer<UInt8>) {
        self.memory = memory
    }

    static func count(_ number: UInt64) -> Int {
        // 1233/4096 is log10(2): the digits of the power of two below, or one more.
        let estimate = ((64 - (number | 1).leadingZeroBitCount) * 1233) >> 12
        return estimate + (estimate < 20 && number | 1 >= Self.powersOfTen[estimate] ? 1 : 0)
    }

    static let powersOfTen: InlineArray<20, UInt64> = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        self.memory[self.count] = byte
        self.count += 1
    }

    mutating func append(_ text: StaticString) {
        for index in 0..<text.utf8CodeUnitCount { self.append(text.utf8Start[index]) }
    }

    mutating func append(_ number: UInt64, count: Int) {
        var rest = number
        var end = self.memory + self.count + count
        self.count += count
        while rest >= 100 {
            end -= 2
            Self.putPair(Int(truncatingIfNeeded: rest % 100), end)
            rest /= 100
        }
        if rest >= 10 {
            Self.putPair(Int(truncatingIfNeeded: rest), end - 2)
        } else {
            end[-1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
        }
    }

    @inline(__always)
    private static func putPair(_ number: Int, _ memory: UnsafeMutablePointer<UInt8>) {
        memory[0] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
        memory[1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }

    /// Writes digits with a point behind the first `point` of them.
    mutating func append(_ number: UInt64, count: Int, point: Int) {
        let first = self.count
        self.append(number, count: count)
        (self.memory + first + point + 1).update(from: self.memory + first + point, count: count - point)
        self.memory[first + point] = UInt8(ascii: ".")
        self.count += 1
    }

    mutating func appendScientific(_ number: UInt64, count: Int, exponent: Int) {
        if count > 1 { self.append(number, count: count, point: 1) } else { self.append(number, count: count) }
        self.append(exponent < 0 ? "e-" : "e+")
        let exponent = UInt64(exponent.magnitude)
        if exponent < 10 { self.append(UInt8(ascii: "0")) }
        self.append(exponent, count: Self.count(exponent))
    }
}
