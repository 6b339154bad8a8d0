// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes `null`.
    public mutating func writeNull() { self.write(raw: "null") }

    /// Writes `true` or `false`.
    public mutating func write(_ value: Bool) { self.write(raw: value ? "true" : "false") }

    /// Writes a string, quoted; only what JSON does not allow in one is escaped.
    public mutating func write(_ text: String) {
        text.utf8Span.span.withUnsafeBufferPointer { self.write(utf8: $0) }
    }

    private mutating func write(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        self.reserve(bytes.count + 2)
        self.put(UInt8(ascii: "\""))
        if var start = bytes.baseAddress {
            let end = start + bytes.count
            while true {
                let plain = Self.plainPrefix(start, end)
                self.reserve(plain + 7)
                (self.base + self.count).update(from: start, count: plain)
                self.count += plain
                start += plain
                if start == end { break }
                self.putEscaped(start.pointee)
                start += 1
            }
        }
        self.put(UInt8(ascii: "\""))
    }

    /// How many bytes come before the first that must be escaped.
    @inline(__always)
    private static func plainPrefix(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Int {
        var at = start
        while end - at >= 8 {
            let special = JSONReader.specialBytes(UnsafeRawPointer(at).loadUnaligned(as: UInt64.self))
            if special != 0 { return at - start + special.trailingZeroBitCount >> 3 }
            at += 8
        }
        while at < end, at.pointee >= 0x20, at.pointee != 0x22, at.pointee != 0x5C { at += 1 }
        return at - start
    }

    /// Writes a byte that may not stand in a string as it is; there is room for six.
    private mutating func putEscaped(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: self.putEscape(byte)
        case 0x08: self.putEscape(UInt8(ascii: "b"))
        case 0x09: self.putEscape(UInt8(ascii: "t"))
        case 0x0A: self.putEscape(UInt8(ascii: "n"))
        case 0x0C: self.putEscape(UInt8(ascii: "f"))
        case 0x0D: self.putEscape(UInt8(ascii: "r"))
        default:
            self.putEscape(UInt8(ascii: "u"))
            self.put(UInt8(ascii: "0"))
            self.put(UInt8(ascii: "0"))
            self.put(UInt8(ascii: "0") + byte >> 4)
            self.put(byte & 0xF < 10 ? UInt8(ascii: "0") + byte & 0xF : UInt8(ascii: "a") + byte & 0xF - 10)
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
        self.reserve(21)
        if isNegative { self.put(UInt8(ascii: "-")) }
        var text = DigitText(self.base + self.count)
        text.append(magnitude, count: DigitText.count(magnitude))
        self.count += text.count
    }

    /// Writes a number in the fewest digits that read back as the same double.
    public mutating func write(_ value: Double) {
        guard value.isFinite else { return self.fail(value.description) }
        self.reserve(ShortestDecimal.maximumCount)
        self.count += ShortestDecimal(value).write(to: self.base + self.count)
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
