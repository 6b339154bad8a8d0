// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Digits written to memory that has room for them, and for eight bytes more.
struct DigitText {
    private let memory: UnsafeMutablePointer<UInt8>
    private(set) var count = 0

    @inline(__always)
    init(_ memory: UnsafeMutablePointer<UInt8>) {
        self.memory = memory
    }

    @inline(__always)
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

    /// Writes a number, eight digits at a time.
    @inline(__always)
    mutating func append(_ number: UInt64) {
        if number < Self.eightDigits { return self.appendFirst(number) }
        let (high, low) = number.quotientAndRemainder(dividingBy: Self.eightDigits)
        if high < Self.eightDigits {
            self.appendFirst(high)
        } else {
            let (highest, middle) = high.quotientAndRemainder(dividingBy: Self.eightDigits)
            self.appendFirst(highest)
            self.put(EightBytes(digitsOf: middle).ascii, 8)
        }
        self.put(EightBytes(digitsOf: low).ascii, 8)
    }

    private static let eightDigits: UInt64 = 100_000_000

    /// Writes up to eight digits without the zeros in front of them; the last digit always.
    @inline(__always)
    private mutating func appendFirst(_ number: UInt64) {
        let digits = EightBytes(digitsOf: number)
        let zeros = min(digits.leadingZeros, 7)
        self.put(EightBytes(digits.ascii.word &>> UInt64(truncatingIfNeeded: 8 &* zeros)), 8 - zeros)
    }

    @inline(__always)
    private mutating func put(_ bytes: EightBytes, _ count: Int) {
        bytes.store(self.memory + self.count)
        self.count += count
    }

    // MARK: - With a decimal point

    /// Writes a ten-thousandth of a number below 10^15, with one digit behind the point at least: 1.0, 12.5.
    @inline(__always)
    mutating func append(tenThousandths number: UInt64) {
        let (whole, fraction) = number.quotientAndRemainder(dividingBy: 10_000)
        self.append(whole)
        let digits = EightBytes(digitsOf: fraction)
        // The last four of eight digits, and the point before them.
        let text = digits.ascii.word >> 24 & ~0xFF | UInt64(UInt8(ascii: "."))
        self.put(EightBytes(text), max(5 - digits.trailingZeros, 2))
    }

    /// Writes the digits of a number below 10^17, `point` of them before the decimal point: 1.0, 12.5.
    ///
    /// - Parameters:
    ///   - number: The digits: 17, with zeros behind those that count.
    ///   - point: From 1 to 16.
    @inline(__always)
    mutating func append(_ number: Seventeen, point: Int) {
        number.store(self.memory + self.count, point: point)
        self.count += max(number.count, point + 1) + 1
    }

    /// Writes a number below one: 0.05.
    ///
    /// - Parameters:
    ///   - number: The digits.
    ///   - zeros: How many zeros stand between the point and them, up to three.
    @inline(__always)
    mutating func append(_ number: Seventeen, zeros: Int) {
        // "0.000": the digits go over what is too much of it.
        self.put(EightBytes(0x3030_3030_3030_2E30), 2 + zeros)
        number.store(self.memory + self.count)
        self.count += number.count
    }

    /// Writes a number by its first digit, the others behind a point, and an exponent: 1e-07, 1.5e+300.
    mutating func append(_ number: Seventeen, exponent: Int) {
        let first = self.count
        self.append(number, point: 1)
        if number.count == 1 { self.count = first + 1 }
        self.append(UInt8(ascii: "e"))
        self.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        if exponent.magnitude < 10 { self.append(UInt8(ascii: "0")) }
        self.append(UInt64(exponent.magnitude))
    }
}

/// The digits of a number of 17, which are as many as tell any two doubles apart.
struct Seventeen {
    private let first: UInt8
    private let middle: EightBytes
    private let last: EightBytes
    /// The digits without zeros at the end, of which there are none in zero alone.
    let count: Int

    @inline(__always)
    init(_ number: UInt64) {
        let (high, low) = number.quotientAndRemainder(dividingBy: 100_000_000)
        let (first, middle) = high.quotientAndRemainder(dividingBy: 100_000_000)
        self.first = UInt8(truncatingIfNeeded: first)
        self.middle = EightBytes(digitsOf: middle)
        self.last = EightBytes(digitsOf: low)
        self.count = low == 0 ? 9 - self.middle.trailingZeros : 17 - self.last.trailingZeros
    }

    /// Puts all 17 to memory.
    @inline(__always)
    func store(_ memory: UnsafeMutablePointer<UInt8>) {
        memory[0] = UInt8(ascii: "0") + self.first
        self.middle.ascii.store(memory + 1)
        self.last.ascii.store(memory + 9)
    }

    /// Puts all 17 to memory, with a decimal point behind `point` of them.
    @inline(__always)
    func store(_ memory: UnsafeMutablePointer<UInt8>, point: Int) {
        let (middle, last) = (self.middle.ascii.word, self.last.ascii.word)
        if point < 8 {
            // The first eight bytes, with the digits behind the point moved on by one.
            let digits = UInt64(UInt8(ascii: "0") + self.first) | middle << 8
            let bits = UInt64(truncatingIfNeeded: 8 &* point)
            let before: UInt64 = 1 &<< bits &- 1
            let head = digits & before | UInt64(UInt8(ascii: ".")) &<< bits | (digits & ~before) << 8
            EightBytes(head).store(memory)
            EightBytes(middle >> 48 | last << 16).store(memory + 8)
            EightBytes(last >> 48).store(memory + 16)
        } else {
            self.store(memory)
            let rest = (EightBytes(memory + point), EightBytes(memory + point + 8))
            memory[point] = UInt8(ascii: ".")
            rest.0.store(memory + point + 1)
            rest.1.store(memory + point + 9)
        }
    }
}
