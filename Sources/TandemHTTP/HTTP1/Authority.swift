// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The grammar of a host and an optional port (RFC 3986, section 3.2).
///
/// Two things of it are refused that no client sends and that others may read differently: a comma in a name, which
/// would make a Host field look like a list, and a user before the host (RFC 9110, section 4.2.4).
package enum Authority {
    /// Whether a text is `host [":" port]`, where the host may be empty.
    package static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return self.isValid(bytes.span, 0..<bytes.count)
    }

    /// Whether the bytes in a range are `host [":" port]`, where the host may be empty.
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        if index < range.upperBound, bytes[index] == UInt8(ascii: "[") {
            guard let end = self.addressEnd(bytes, range) else { return false }
            index = end
        } else {
            while index < range.upperBound, self.isNameByte(bytes[index]) {
                if bytes[index] == UInt8(ascii: "%") {
                    guard index + 2 < range.upperBound, self.isHexDigit(bytes[index + 1]),
                        self.isHexDigit(bytes[index + 2])
                    else { return false }
                }
                index += 1
            }
        }
        if index == range.upperBound { return true }
        guard bytes[index] == UInt8(ascii: ":") else { return false }
        for index in (index + 1)..<range.upperBound where bytes[index] &- 0x30 > 9 { return false }
        return true
    }

    /// Whether the host is empty.
    static func hasNoHost(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.isEmpty || bytes[range.lowerBound] == UInt8(ascii: ":")
    }

    /// The end of `[` an IPv6 address `]`; only its bytes are checked.
    private static func addressEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound + 1
        while index < range.upperBound {
            switch bytes[index] {
            case UInt8(ascii: "]"): return index > range.lowerBound + 2 ? index + 1 : nil
            case UInt8(ascii: ":"), UInt8(ascii: "."): index += 1
            case let byte where self.isHexDigit(byte): index += 1
            default: return nil
            }
        }
        return nil
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
    }

    /// What may stand in a name: unreserved bytes, sub-delimiters but the comma, and `%`.
    @inline(__always)
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "%"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: ";"), UInt8(ascii: "="):
            true
        default:
            false
        }
    }
}
