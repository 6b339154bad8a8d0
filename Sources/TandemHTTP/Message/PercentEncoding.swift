// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding: `%` and two hexadecimal digits stand for a byte (RFC 3986, section 2.1).
package enum PercentEncoding {
    /// The number of bytes that say one.
    package static let length = 3

    /// The byte that is said at an offset; `nil` where there is no `%` with two hexadecimal digits before `end`.
    package static func byte(_ bytes: Span<UInt8>, at index: Int, before end: Int) -> UInt8? {
        guard bytes[index] == UInt8(ascii: "%"), index + 2 < end,
            let high = self.digit(bytes[index + 1]), let low = self.digit(bytes[index + 2])
        else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
