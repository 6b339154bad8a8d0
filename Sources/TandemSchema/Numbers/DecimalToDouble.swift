// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Decimal numbers as the doubles nearest to them (Daniel Lemire, "Number parsing at a gigabyte per second", 2021).
enum DecimalToDouble {
    /// The double nearest to `mantissa` × 10^`exponent`, ties to even; `nil` where these digits do not decide.
    static func nearest(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa == 0 { return 0 }
        if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
            // Both are exact, and so one rounding gives the nearest (Clinger's fast path).
            let power = Self.exactPowers[exponent < 0 ? -exponent : exponent]
            return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        }
        if exponent < -342 { return 0 }
        if exponent > 308 { return .infinity }
        return Self.eiselLemire(mantissa, exponent)
    }

    private static func eiselLemire(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        let shift = mantissa.leadingZeroBitCount
        let digits = mantissa << UInt64(shift)
        let (high, low) = Self.product(digits, exponent)
        // All ones below the bits that count: the product was cut short, and what is missing could carry into them.
        if low == .max, exponent < -27 || exponent > 55 { return nil }
        let upper = Int(high >> 63)
        var significand = high >> UInt64(upper + 64 - 52 - 3)
        // 217706/65536 is log2(10); the bias of a double's exponent is 1023.
        var power = (217_706 &* exponent) >> 16 &+ 63 &+ upper &- shift &+ 1023
        if power <= 0 { return Self.subnormal(significand, power) }
        if low <= 1, exponent >= -4, exponent <= 23, significand & 3 == 1,
            significand << UInt64(upper + 64 - 52 - 3) == high
        {
            // Exactly in the middle: to the even one.
            significand &= ~1
        }
        significand = (significand + (significand & 1)) >> 1
        if significand >= 2 << 52 {
            significand = 1 << 52
            power += 1
        }
        if power >= 2047 { return .infinity }
        return Double(bitPattern: UInt64(power) << 52 | significand & ~(1 << 52))
    }

    private static func subnormal(_ significand: UInt64, _ power: Int) -> Double? {
        if 1 - power >= 64 { return 0 }
        var significand = significand >> UInt64(1 - power)
        significand = (significand + (significand & 1)) >> 1
        // Rounded up into the normal ones, its bit 52 is the exponent 1 that it then has.
        return Double(bitPattern: significand)
    }

    /// The upper 128 bits of `digits` × 5^`exponent`, as far as they are needed.
    private static func product(_ digits: UInt64, _ exponent: Int) -> (high: UInt64, low: UInt64) {
        let index = 2 * (exponent + 342)
        var (high, low) = digits.multipliedFullWidth(by: powersOfFive[index])
        if high & 0x1FF == 0x1FF {
            let (carry, _) = digits.multipliedFullWidth(by: powersOfFive[index + 1])
            let (sum, overflow) = low.addingReportingOverflow(carry)
            low = sum
            if overflow { high += 1 }
        }
        return (high, low)
    }

    /// The powers of ten that doubles hold exactly.
    private static let exactPowers: InlineArray<23, Double> = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}
