// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemSQLite

/// The collation `DECIMAL`: decimal texts of any length by their value, so that `1.5` equals `1.50` and follows `-20`.
///
/// Texts that are no decimals come behind all that are, by their bytes.
enum DecimalCollation {
    static func register(on connection: OpaquePointer) -> Int32 {
        sqlite3_create_collation_v2(
            connection,
            "DECIMAL",
            SQLITE_UTF8,
            nil,
            { _, leftCount, left, rightCount, right in
                // SQLite lends both texts for the time of this call.
                DecimalCollation.compare(
                    UnsafeBufferPointer(start: left?.assumingMemoryBound(to: UInt8.self), count: Int(leftCount)).span,
                    UnsafeBufferPointer(start: right?.assumingMemoryBound(to: UInt8.self), count: Int(rightCount)).span
                )
            },
            nil
        )
    }

    /// Less than zero, zero or more, as the first is less than the second, equal or greater.
    static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int32 {
        switch (DecimalDigits(left), DecimalDigits(right)) {
        case (let first?, let second?):
            guard first.sign == second.sign else { return first.sign < second.sign ? -1 : 1 }
            return first.sign * Self.compare(left, first, right, second)
        case (_?, nil): return -1
        case (nil, _?): return 1
        case (nil, nil): return Self.compare(left, 0..<left.count, right, 0..<right.count)
        }
    }

    /// By the amounts: the longer whole part is more, then digit for digit.
    private static func compare(
        _ left: Span<UInt8>,
        _ first: DecimalDigits,
        _ right: Span<UInt8>,
        _ second: DecimalDigits
    ) -> Int32 {
        guard first.whole.count == second.whole.count else { return first.whole.count < second.whole.count ? -1 : 1 }
        let whole = Self.compare(left, first.whole, right, second.whole)
        return whole != 0 ? whole : Self.compare(left, first.fraction, right, second.fraction)
    }

    private static func compare(
        _ left: Span<UInt8>,
        _ first: Range<Int>,
        _ right: Span<UInt8>,
        _ second: Range<Int>
    ) -> Int32 {
        for index in 0..<min(first.count, second.count) {
            let (a, b) = (left[first.lowerBound + index], right[second.lowerBound + index])
            if a != b { return a < b ? -1 : 1 }
        }
        return first.count == second.count ? 0 : first.count < second.count ? -1 : 1
    }
}

/// Where the digits of a decimal text are, without zeros that do not count.
private struct DecimalDigits {
    /// -1, 0 or 1.
    var sign: Int32 = 1
    let whole: Range<Int>
    let fraction: Range<Int>

    init?(_ text: Span<UInt8>) {
        var index = 0
        if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
            if text[0] == UInt8(ascii: "-") { self.sign = -1 }
            index = 1
        }
        let start = index
        while index < text.count, text[index] &- 48 < 10 { index += 1 }
        let point = index
        var end = index
        if index < text.count, text[index] == UInt8(ascii: ".") {
            end += 1
            while end < text.count, text[end] &- 48 < 10 { end += 1 }
        }
        // All is read, and a digit was there.
        guard end == text.count, end - start > (end > point ? 1 : 0) else { return nil }
        var first = start
        while first < point, text[first] == 48 { first += 1 }
        while end > point + 1, text[end - 1] == 48 { end -= 1 }
        self.whole = first..<point
        self.fraction = min(point + 1, end)..<end
        if self.whole.isEmpty, self.fraction.isEmpty { self.sign = 0 }
    }
}
