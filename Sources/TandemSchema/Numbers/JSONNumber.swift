// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A number of a JSON text, taken apart: `mantissa` × 10^`exponent`.
struct JSONNumber {
    /// The digits as they stand in the text, which outlives this.
    let text: UnsafeBufferPointer<UInt8>
    let isNegative: Bool
    /// The significant digits, of which the first 19 always fit.
    private(set) var mantissa: UInt64
    private(set) var exponent: Int
    /// Whether a digit other than zero did not fit into `mantissa`.
    private var isRounded = false

    /// A number whose digits all fit.
    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>, _ isNegative: Bool, _ mantissa: UInt64, _ exponent: Int) {
        self.text = text
        self.isNegative = isNegative
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// A number of many digits, of which those that fit are read; `exponent` is what stands behind its `e`.
    init(_ text: UnsafeBufferPointer<UInt8>, _ isNegative: Bool, exponent: Int) {
        self.init(text, isNegative, 0, exponent)
        var digits = 0
        var isFraction = false
        for byte in text {
            let digit = byte &- 0x30
            guard digit < 10 else {
                if byte | 0x20 == UInt8(ascii: "e") { break }
                if byte == UInt8(ascii: ".") { isFraction = true }
                continue
            }
            if digits < 19 {
                self.mantissa = self.mantissa * 10 + UInt64(digit)
                if self.mantissa != 0 { digits += 1 }
                if isFraction { self.exponent -= 1 }
            } else {
                if digit != 0 { self.isRounded = true }
                if !isFraction { self.exponent += 1 }
            }
        }
    }

    /// The number as an integer, where it is one that fits.
    func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        if self.exponent == 0, !self.isRounded {
            return self.isNegative ? Self.negated(self.mantissa) : Integer(exactly: self.mantissa)
        }
        return self.longInteger()
    }

    private static func negated<Integer: FixedWidthInteger>(_ magnitude: UInt64) -> Integer? {
        if let value = Integer(exactly: magnitude) { return Integer.isSigned || value == 0 ? 0 - value : nil }
        // The least value of a type is one further from zero than its greatest.
        guard Integer.isSigned, UInt64(exactly: Integer.max.magnitude).map({ $0 + 1 == magnitude }) ?? false else {
            return nil
        }
        return Integer.min
    }

    /// With more digits than `mantissa` holds, or with a fraction or an exponent, which may come to nothing: `1.0`, `1e2`.
    private func longInteger<Integer: FixedWidthInteger>() -> Integer? {
        var digits: [UInt8] = []
        var scale = 0
        var isFraction = false
        var rest = self.text.makeIterator()
        scan: while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            default:
                digits.append(byte &- 0x30)
                if isFraction { scale -= 1 }
            }
        }
        scale += Self.exponent(String(decoding: Array(IteratorSequence(rest)), as: UTF8.self))
        while scale < 0, digits.last == 0 {
            digits.removeLast()
            scale += 1
        }
        if digits.allSatisfy({ $0 == 0 }) { return 0 }
        // An Int128 has at most 39 digits.
        guard scale >= 0, scale <= 39 else { return nil }
        digits += [UInt8](repeating: 0, count: scale)
        return digits.reduce(Integer?.some(0)) { value, digit in
            guard let value else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard let digit = Integer(exactly: digit), !overflow else { return nil }
            let (sum, carry) =
                self.isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            return carry ? nil : sum
        }
    }

    private static func exponent(_ text: String) -> Int {
        if text.isEmpty { return 0 }
        return Int(text) ?? (text.hasPrefix("-") ? -1_000_000 : 1_000_000)
    }

    /// The nearest double; infinite where the number is too large for one.
    var double: Double {
        if let value = self.quickDouble { return self.isNegative ? -value : value }
        // Too close to the middle between two doubles, which takes all digits to decide.
        return Double(String(decoding: self.text, as: UTF8.self)) ?? .infinity
    }

    private var quickDouble: Double? {
        if self.isRounded {
            let low = DecimalToDouble.nearest(self.mantissa, self.exponent)
            return low == DecimalToDouble.nearest(self.mantissa + 1, self.exponent) ? low : nil
        }
        return DecimalToDouble.nearest(self.mantissa, self.exponent)
    }
}
