// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An IP address, of either version.
///
/// An IPv4 address and the IPv6 address that stands for it, `::ffff:192.0.2.1`, are the same.
package struct IPAddress: Hashable, Sendable {
    /// The 128 bits of the IPv6 form.
    package let bits: UInt128

    package init(bits: UInt128) {
        self.bits = bits
    }

    /// The address of a text such as `192.0.2.1` or `2001:db8::1`, without brackets, port and zone.
    package init?(_ text: some StringProtocol) {
        let text = Substring(text)
        // The longest is an IPv6 address with the last two groups in decimal.
        guard text.utf8.count <= 45 else { return nil }
        if text.utf8.contains(UInt8(ascii: ":")) {
            guard let bits = Self.version6(text) else { return nil }
            self.bits = bits
        } else {
            guard let bits = Self.version4(text) else { return nil }
            self.bits = Self.mapped | UInt128(bits)
        }
    }

    /// What precedes the 32 bits of an IPv4 address (RFC 4291, section 2.5.5.2).
    private static let mapped: UInt128 = 0xFFFF << 32

    /// Whether it is an IPv4 address.
    package var isVersion4: Bool { self.bits >> 32 == 0xFFFF }

    /// The address with all but its first bits zero.
    package func prefix(_ length: Int) -> IPAddress {
        IPAddress(bits: self.bits & ~(UInt128.max >> length))
    }

    /// Four decimal numbers, without leading zeros, which some read as octal.
    private static func version4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            let digits = part.utf8
            guard (1...3).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }),
                digits.count == 1 || digits.first != UInt8(ascii: "0"), let number = UInt8(part)
            else { return nil }
            bits = bits << 8 | UInt32(number)
        }
        return bits
    }

    /// Eight groups, of which `::` stands for one or more of zeros (RFC 4291, section 2.2).
    private static func version6(_ text: Substring) -> UInt128? {
        guard let gap = Self.gap(in: text) else {
            guard let groups = Self.groups(text, endsAddress: true), groups.count == 8 else { return nil }
            return Self.bits(groups)
        }
        guard let before = Self.groups(text[..<gap.lowerBound], endsAddress: false),
            let after = Self.groups(text[gap.upperBound...], endsAddress: true), before.count + after.count < 8
        else { return nil }
        return Self.bits(before + Array(repeating: 0, count: 8 - before.count - after.count) + after)
    }

    private static func bits(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// Where the first `::` stands.
    private static func gap(in text: Substring) -> Range<Substring.Index>? {
        let bytes = text.utf8
        for index in bytes.indices where bytes[index] == UInt8(ascii: ":") {
            let next = bytes.index(after: index)
            if next < bytes.endIndex, bytes[next] == UInt8(ascii: ":") { return index..<bytes.index(after: next) }
        }
        return nil
    }

    /// The groups on one side of the gap; the last of an address may be two, as an IPv4 address.
    private static func groups(_ text: Substring, endsAddress: Bool) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if endsAddress, index == parts.count - 1, part.utf8.contains(UInt8(ascii: ".")) {
                guard let low = self.version4(part) else { return nil }
                groups += [UInt16(truncatingIfNeeded: low >> 16), UInt16(truncatingIfNeeded: low)]
            } else {
                // UInt16 would take a sign.
                guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }
}

extension IPAddress: CustomStringConvertible {
    /// The one way of writing it that RFC 5952 prefers.
    package var description: String {
        if self.isVersion4 {
            return stride(from: 24, through: 0, by: -8).map { String((self.bits >> $0) & 0xFF) }.joined(separator: ".")
        }
        let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: self.bits >> $0) }
        let hex = { (groups: ArraySlice<UInt16>) in groups.map { String($0, radix: 16) }.joined(separator: ":") }
        let gap = Self.longestZeros(groups)
        guard gap.count > 1 else { return hex(groups[...]) }
        return "\(hex(groups[..<gap.lowerBound]))::\(hex(groups[gap.upperBound...]))"
    }

    /// The longest run of zeros, the first of several.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<(index + 1)
            }
        }
        return longest
    }
}
