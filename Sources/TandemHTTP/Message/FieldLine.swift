// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The grammar of one header line: `name: value CR LF` (RFC 9112, section 5).
package enum FieldLine {
    /// Goes over checked lines, giving the ranges of names and values.
    package struct Iterator {
        let bytes: UnsafeRawBufferPointer
        var offset: Int

        package init(_ bytes: UnsafeRawBufferPointer, from offset: Int = 0) {
            self.bytes = bytes
            self.offset = offset
        }

        package mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
            let (bytes, count, start) = (self.bytes, self.bytes.count, self.offset)
            var colon = start
            while colon < count, bytes[colon] != UInt8(ascii: ":") { colon += 1 }
            guard colon < count else { return nil }
            let end = self.lineEnd(from: colon + 1)
            self.offset = end + 1
            return (start..<colon, Self.trim(bytes, colon + 1..<end))
        }

        /// The value of the next line with this name; other lines are not taken apart.
        package mutating func nextValue(of name: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
            while self.offset < self.bytes.count {
                let start = self.offset
                let colon = start + name.count
                let end = self.lineEnd(from: start)
                self.offset = end + 1
                if colon < end, self.bytes[colon] == UInt8(ascii: ":"),
                    FieldLine.matches(self.bytes, start..<colon, name)
                {
                    return Self.trim(self.bytes, colon + 1..<end)
                }
            }
            return nil
        }

        /// The text in a range.
        func text(_ range: Range<Int>) -> String {
            String(decoding: UnsafeRawBufferPointer(rebasing: self.bytes[range]), as: UTF8.self)
        }

        /// Where the line feed stands behind a place.
        @inline(__always)
        private func lineEnd(from start: Int) -> Int {
            let count = self.bytes.count
            var end = start
            while end + 8 <= count,
                !FieldLine.hasControl(self.bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self))
            {
                end += 8
            }
            while end < count, self.bytes[end] != UInt8(ascii: "\n") { end += 1 }
            return end
        }

        private static func trim(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
            var (lower, upper) = (range.lowerBound, range.upperBound)
            while lower < upper, FieldLine.isSpace(bytes[lower]) { lower += 1 }
            while upper > lower, FieldLine.isSpace(bytes[upper - 1]) { upper -= 1 }
            return lower..<upper
        }
    }

    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D
    }

    /// Controls but TAB (RFC 9110, section 5.5).
    @inline(__always)
    package static func isForbiddenInValue(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != 0x09) || byte == 0x7F
    }

    /// Whether one of eight bytes is a control (TAB is taken for one) or DEL: tested in one word.
    @inline(__always)
    static func hasControl(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let below32 = (word &- ones &* 0x20) & ~word & highs
        let delete = word ^ (ones &* 0x7F)
        let isDelete = (delete &- ones) & ~delete & highs
        return below32 | isDelete != 0
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// Whether a byte may stand in a token, such as a method or a field name (RFC 9110, section 5.6.2).
    @inline(__always)
    package static func isTokenByte(_ byte: UInt8) -> Bool {
        // One bit for each of the 128 ASCII characters.
        let low: UInt64 = 0x03FF_6CFA_0000_0000
        let high: UInt64 = 0x57FF_FFFF_C7FF_FFFE
        return byte < 128 && (byte < 64 ? low : high) & (1 &<< UInt64(byte & 63)) != 0
    }

    package static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isTokenByte)
    }

    static func matches(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    /// Whether the bytes in a range are `name`, without regard to case.
    static func matches(
        _ bytes: UnsafeRawBufferPointer,
        _ range: Range<Int>,
        _ name: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard range.count == name.count else { return false }
        for index in 0..<name.count {
            let byte = bytes[range.lowerBound + index]
            if byte != name[index], lowercased(byte) != lowercased(name[index]) { return false }
        }
        return true
    }

    /// Whether the bytes in a range are a lower-case `name`, without regard to case.
    @inline(__always)
    static func matches(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where lowercased(bytes[range.lowerBound + index]) != name.utf8Start[index] {
            return false
        }
        return true
    }

    /// The members of a comma-separated list, trimmed, empty ones left out.
    package static func members(_ value: String) -> [Substring] {
        var members: [Substring] = []
        var start = value.startIndex
        var quoted = false
        var escaped = false
        func take(upTo end: String.Index) {
            let member = value[start..<end].trimmingSpaces()
            if !member.isEmpty { members.append(member) }
        }
        for index in value.utf8.indices {
            let byte = value.utf8[index]
            if escaped {
                escaped = false
            } else if quoted, byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: "\"") {
                quoted.toggle()
            } else if byte == UInt8(ascii: ","), !quoted {
                take(upTo: index)
                start = value.utf8.index(after: index)
            }
        }
        take(upTo: value.endIndex)
        return members
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Without spaces and tabs at both ends.
    package func trimmingSpaces() -> Substring {
        var bytes = self[...].utf8
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes.removeFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes.removeLast() }
        return Substring(bytes)
    }
}
