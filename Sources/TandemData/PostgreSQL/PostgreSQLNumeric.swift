// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import FoundationEssentials

/// A `numeric` in its binary form: digits of base 10,000.
struct PostgreSQLNumeric {
    /// As PostgreSQL writes it, `-1.50`.
    let text: String
    /// The digits without zeros at either end.
    private let significant: Int

    /// Nil for NaN, for infinity, and for what is no `numeric`.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 8 else { return nil }
        func word(_ index: Int) -> Int { Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1]) }
        let (count, weight, sign, scale) = (word(0), Int(Int16(truncatingIfNeeded: word(1))), word(2), word(3))
        guard bytes.count == 8 + 2 * count, sign == 0 || sign == 0x4000 else { return nil }
        func group(_ position: Int) -> String {
            let index = weight - position
            let digits = String(index >= 0 && index < count ? word(4 + index) : 0)
            return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        let whole = weight < 0 ? "0" : (0...weight).reversed().map(group).joined()
        let groups = (scale + 3) / 4
        let fraction = groups == 0 ? "" : (1...groups).map { group(-$0) }.joined().prefix(scale)
        let stripped = whole.drop { $0 == "0" }
        self.text =
            (sign == 0 ? "" : "-") + (stripped.isEmpty ? "0" : stripped) + (fraction.isEmpty ? "" : "." + fraction)
        let digits = (stripped + fraction).drop { $0 == "0" }
        self.significant = digits.count - digits.reversed().prefix { $0 == "0" }.count
    }

    /// The same number; nil where a `Decimal`, of 38 digits, cannot hold it.
    var decimal: Decimal? { self.significant > 38 ? nil : Decimal(string: self.text) }
}
#endif
