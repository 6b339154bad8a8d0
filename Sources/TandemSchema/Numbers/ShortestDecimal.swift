// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A double in the fewest digits that read back as the same one (Raffaello Giulietti, "The Schubfach way to render
/// doubles", 2021): `digits` × 10^`exponent`.
struct ShortestDecimal {
    private var digits: UInt64
    private var exponent: Int

    /// The most bytes that `write` writes.
    static let maximumCount = 48

    /// The decimal of a finite double above zero.
    @inline(__always)
    private init(_ value: Double) {
        let significand = value.significandBitPattern
        let biased = Int(value.exponentBitPattern)
        // The value is c × 2^q.
        let c = biased == 0 ? significand : significand | 1 << 52
        let q = biased == 0 ? -1074 : biased - 1075
        if q <= 0, q > -53, c & (1 << UInt64(-q) - 1) == 0 {
            (self.digits, self.exponent) = (c >> UInt64(-q), 0)
        } else {
            let isLowerCloser = significand == 0 && biased > 1
            (self.digits, self.exponent) =
                (isLowerCloser ? nil : Self.clearlyShortest(c, q)) ?? Self.shortest(c, q, isLowerCloser: isLowerCloser)
        }
    }

    /// Finds the decimal by a single product (as Victor Zverovich's Żmij does, 2025), unless a comparison is so close
    /// that the bits that were cut off could decide it.
    @inline(__always)
    private static func clearlyShortest(_ c: UInt64, _ q: Int) -> (UInt64, Int)? {
        let k = (q * 1_262_611) >> 22
        // From 1 to 4.
        let shift = UInt64(truncatingIfNeeded: q + ((-k * 1_741_647) >> 19) + 1)
        let power = self.powerOfTen(-k)
        // The value in units of 10^k, and half the way to its neighbours, with 60 bits behind the point of the last
        // digit.
        let (whole, fraction) = self.product(power, c &<< shift)
        let digit = whole % 10
        let last = digit << 60 | fraction >> 4
        let half = power.high &>> (5 &- shift)
        let ten: UInt64 = 10 << 60
        let isClose =
            last &- half &+ 4 <= 8 || last &+ half &- ten &+ 4 <= 8 || fraction &- 1 << 63 &+ 4 <= 8
        if isClose || whole < 10 { return nil }
        if last < half { return (whole &- digit, k) }
        if last &+ half > ten { return (whole &- digit &+ 10, k) }
        return (whole &+ fraction >> 63, k)
    }

    /// Looks among the decimals near the value, of one digit less and of as many as always do, for one that lies
    /// between the middles to its neighbours.
    @inline(never)
    private static func shortest(_ c: UInt64, _ q: Int, isLowerCloser: Bool) -> (UInt64, Int) {
        let isEven = c & 1 == 0
        let k = isLowerCloser ? (q * 1_262_611 - 524_031) >> 22 : (q * 1_262_611) >> 22
        let shift = UInt64(q + ((-k * 1_741_647) >> 19) + 1)
        let power = self.powerOfTen(-k)
        let lower = self.roundedToOdd(power, (4 * c - (isLowerCloser ? 1 : 2)) << shift) + (isEven ? 0 : 1)
        let value = self.roundedToOdd(power, (4 * c) << shift)
        let upper = self.roundedToOdd(power, (4 * c + 2) << shift) - (isEven ? 0 : 1)
        let whole = value / 4
        if whole >= 10 {
            let tens = whole / 10
            let isBelowIn = lower <= 40 * tens
            let isAboveIn = 40 * tens + 40 <= upper
            if isBelowIn != isAboveIn { return (isAboveIn ? tens + 1 : tens, k + 1) }
        }
        let isBelowIn = lower <= 4 * whole
        let isAboveIn = 4 * whole + 4 <= upper
        if isBelowIn != isAboveIn { return (isAboveIn ? whole + 1 : whole, k) }
        let middle = 4 * whole + 2
        return (value > middle || (value == middle && whole & 1 != 0) ? whole + 1 : whole, k)
    }

    /// The upper 128 bits of a product of 192.
    @inline(__always)
    private static func product(_ power: (high: UInt64, low: UInt64), _ factor: UInt64) -> (high: UInt64, low: UInt64) {
        let (carry, _) = power.low.multipliedFullWidth(by: factor)
        let (high, low) = power.high.multipliedFullWidth(by: factor)
        let (sum, overflow) = low.addingReportingOverflow(carry)
        return (overflow ? high &+ 1 : high, sum)
    }

    /// 10^`exponent`, scaled to 128 bits and rounded up.
    @inline(__always)
    private static func powerOfTen(_ exponent: Int) -> (high: UInt64, low: UInt64) {
        let index = 2 * (exponent + 342)
        let (high, low) = (powersOfFive[index], powersOfFive[index + 1])
        // The table has exact values from 0 to 55, rounds up from -27 on, and down elsewhere.
        if exponent >= -27, exponent <= 55 { return (high, low) }
        let (sum, carry) = low.addingReportingOverflow(1)
        return (carry ? high + 1 : high, sum)
    }

    /// The upper 64 bits of a product of 192; the last of them is set where any below are.
    private static func roundedToOdd(_ power: (high: UInt64, low: UInt64), _ factor: UInt64) -> UInt64 {
        let (high, low) = self.product(power, factor)
        return high | (low > 1 ? 1 : 0)
    }
}

extension ShortestDecimal {
    /// Writes a finite double as Swift does, `1.0`, `0.001` or `1e-05`, to memory with room for `maximumCount` bytes.
    ///
    /// - Returns: The number of bytes written.
    @inline(__always)
    static func write(_ value: Double, to memory: UnsafeMutablePointer<UInt8>) -> Int {
        var text = DigitText(memory)
        if value.sign == .minus { text.append(UInt8(ascii: "-")) }
        if let number = self.tenThousandths(value.magnitude) {
            text.append(tenThousandths: number)
        } else {
            ShortestDecimal(value.magnitude).append(to: &text)
        }
        return text.count
    }

    /// Ten thousand times a value that has up to four digits behind the point and 15 in all, such as a price.
    ///
    /// No two numbers of 15 digits are the same double, so the one that reads back as the value is its shortest.
    @inline(__always)
    private static func tenThousandths(_ value: Double) -> UInt64? {
        guard value < 1e11 else { return nil }
        // From 2^52 on doubles are whole numbers, and the last bits of one say which.
        let number = value * 10_000 + 0x1p52
        return (number - 0x1p52) / 10_000 == value ? number.significandBitPattern : nil
    }

    @inline(__always)
    private func append(to text: inout DigitText) {
        let count = DigitText.count(self.digits)
        let scaled = self.digits &* DigitText.powersOfTen[17 - count]
        let number = Seventeen(scaled)
        // Where the decimal point stands, counted in digits from the first.
        let point = count + self.exponent
        // At 16 digits not every integer is a double any more.
        let isBeyondIntegers = point == 16 && number.count <= 16 && scaled > 10 << 53
        if point > 16 || point < -3 || isBeyondIntegers {
            text.append(number, exponent: point - 1)
        } else if point <= 0 {
            text.append(number, zeros: -point)
        } else {
            text.append(number, point: point)
        }
    }
}
