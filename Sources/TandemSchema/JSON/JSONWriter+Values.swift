// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes `null`.
    public mutating func writeNull() { self.write(raw: "null") }

    /// Writes `true` or `false`.
    public mutating func write(_ value: Bool) { self.write(raw: value ? "true" : "false") }

    /// Writes a string, quoted; only what JSON does not allow in one is escaped.
    public mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { self.write(utf8: $0) }
    }

    private mutating func write(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        self.reserve(bytes.count + 2)
        self.put(UInt8(ascii: "\""))
        if let start = bytes.baseAddress {
            let plain = Self.plainPrefix(bytes)
            (self.base + self.count).update(from: start, count: plain)
            self.count += plain
            if plain < bytes.count { self.writeEscaped(bytes[plain...]) }
        }
        self.reserve(1)
        self.put(UInt8(ascii: "\""))
    }

    /// How many bytes come before the first that must be escaped.
    private static func plainPrefix(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = 0
        while index + 8 <= raw.count {
            let special = JSONReader.specialBytes(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            if special != 0 { return index + special.trailingZeroBitCount >> 3 }
            index += 8
        }
        while index < raw.count, raw[index] >= 0x20, raw[index] != 0x22, raw[index] != 0x5C { index += 1 }
        return index
    }

    private mutating func writeEscaped(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        for byte in bytes {
            self.reserve(6)
            switch byte {
            case 0x22, 0x5C:
                self.put(UInt8(ascii: "\\"))
                self.put(byte)
            case 0x08: self.putEscape(UInt8(ascii: "b"))
            case 0x09: self.putEscape(UInt8(ascii: "t"))
            case 0x0A: self.putEscape(UInt8(ascii: "n"))
            case 0x0C: self.putEscape(UInt8(ascii: "f"))
            case 0x0D: self.putEscape(UInt8(ascii: "r"))
            case 0..<0x20:
                self.write(raw: "\\u00")
                self.put(UInt8(ascii: "0") + byte >> 4)
                self.put(byte & 0xF < 10 ? UInt8(ascii: "0") + byte & 0xF : UInt8(ascii: "a") + byte & 0xF - 10)
            default: self.put(byte)
            }
        }
    }

    private mutating func putEscape(_ byte: UInt8) {
        self.put(UInt8(ascii: "\\"))
        self.put(byte)
    }
}

// MARK: - Numbers

extension JSONWriter {
    /// Writes an integer in decimal digits.
    @inlinable
    public mutating func write<Integer: FixedWidthInteger>(_ value: Integer) {
        if let magnitude = UInt64(exactly: value.magnitude) {
            self.writeDigits(magnitude, isNegative: value < 0)
        } else {
            self.write(raw: value.description)
        }
    }

    @usableFromInline
    mutating func writeDigits(_ magnitude: UInt64, isNegative: Bool) {
        self.reserve(20)
        if isNegative { self.put(UInt8(ascii: "-")) }
        // As many as the digits of any UInt64.
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = magnitude
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for index in first..<digits.count { self.put(digits[index]) }
    }

    /// Writes a number in the fewest digits that read back as the same double.
    public mutating func write(_ value: Double) {
        guard value.isFinite else { return self.fail(value.description) }
        self.write(raw: value.description)
    }

    /// Writes a number in the fewest digits that read back as the same float.
    public mutating func write(_ value: Float) {
        guard value.isFinite else { return self.fail(value.description) }
        self.write(raw: value.description)
    }

    /// Writes a number that is text already, with all its digits.
    public mutating func write(number text: String) {
        JSONReader.isNumber(text) ? self.write(raw: text) : self.fail("a number written as \(text.debugDescription)")
    }

    /// Writes `null` for a value that there is no text for, and has the encoding fail.
    public mutating func fail(_ value: String) {
        if self.failure == nil { self.failure = JSONEncodingError(value: value) }
        self.writeNull()
    }
}
