// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONWriter {
    /// Writes `null`.
    public mutating func writeNull() { self.write(raw: "null") }

    /// Writes `true` or `false`.
    public mutating func write(_ value: Bool) { self.write(raw: value ? "true" : "false") }

    /// Writes a string, quoted; only what JSON does not allow in one is escaped.
    public mutating func write(_ text: String) {
        text.withBytes { self.write(utf8: $0) }
    }

    private mutating func write(utf8 bytes: Span<UInt8>) {
        let count = bytes.count
        self.reserve(count + 2)
        self.put(UInt8(ascii: "\""))
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            let target = self.base + self.count
            // Most are short and have nothing to be escaped: two words, which may overlap, are all of them.
            if count >= 8, count <= 16 {
                let (head, tail) = (EightBytes(start), EightBytes(start + count - 8))
                guard head.arePlain, tail.arePlain else { return self.putRuns(start, count) }
                head.store(target)
                tail.store(target + count - 8)
            } else if count >= 4, count < 8 {
                let ends = EightBytes(ends: start, count)
                guard ends.arePlain else { return self.putRuns(start, count) }
                ends.storeEnds(target, count)
            } else {
                return self.putRuns(start, count)
            }
            self.count &+= count
        }
        self.put(UInt8(ascii: "\""))
    }

    /// Writes plain bytes in words while there are whole ones, the others one by one, and escapes what must be.
    @inline(never)
    private mutating func putRuns(_ start: UnsafePointer<UInt8>, _ count: Int) {
        var at = start
        let end = start + count
        while at < end {
            var target = self.base + self.count
            while end - at >= 16 {
                let bytes = SixteenBytes(at)
                guard bytes.arePlain else { break }
                bytes.store(target)
                at += 16
                target += 16
            }
            while end - at >= 8 {
                let bytes = EightBytes(at)
                bytes.store(target)
                let plain = bytes.plainPrefix
                at += plain
                target += plain
                if plain < 8 { break }
            }
            while at < end, at.pointee >= 0x20, at.pointee != UInt8(ascii: "\""), at.pointee != UInt8(ascii: "\\") {
                target.pointee = at.pointee
                at += 1
                target += 1
            }
            self.count = target - self.base
            if at == end { return }
            self.putEscaped(at.pointee)
            at += 1
            self.reserve(end - at + 1)
        }
    }

    /// Writes a byte that may not stand in a string as it is.
    private mutating func putEscaped(_ byte: UInt8) {
        self.reserve(6)
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
        var text = DigitText(self.base + self.count)
        if isNegative { text.append(UInt8(ascii: "-")) }
        text.append(magnitude)
        self.count += text.count
    }

    /// Writes a number in the fewest digits that read back as the same double.
    public mutating func write(_ value: Double) {
        guard value.isFinite else { return self.fail(value.description) }
        self.reserve(ShortestDecimal.maximumCount)
        self.count += ShortestDecimal.write(value, to: self.base + self.count)
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
