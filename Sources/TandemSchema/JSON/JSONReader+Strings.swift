// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads a string; anything else is a violation.
    public mutating func readString(expected: @autoclosure () -> String = "a string") throws(JSONError) -> String? {
        guard self.byte == UInt8(ascii: "\"") else {
            try self.refuse(expected: expected())
            return nil
        }
        return try self.takeString()
    }

    /// Takes the string at the cursor.
    mutating func takeString() throws(JSONError) -> String {
        self.cursor += 1
        let first = self.cursor
        var isASCII = true
        if self.end - first > 16 {
            // Most are short: two words are all of them, and Swift keeps up to 15 characters of ASCII without memory.
            let (head, tail) = (EightBytes(first), EightBytes(first + 8))
            let count = head.plainPrefix == 8 ? 8 + tail.plainPrefix : head.plainPrefix
            isASCII = head.areASCII && (count < 8 || tail.areASCII)
            if count == 16 {
                self.cursor += 16
            } else if isASCII, first[count] == UInt8(ascii: "\"") {
                self.cursor += count + 1
                return String(unsafeUninitializedCapacity: 15) { memory in
                    guard let start = memory.baseAddress else { return 0 }
                    head.store(start)
                    if count > 8 { EightBytes(first + count - 8).store(start + count - 8) }
                    return count
                }
            }
        }
        isASCII = try self.skipPlain() && isASCII
        if self.byte == UInt8(ascii: "\"") {
            let bytes = self.bytes(from: first).span
            self.cursor += 1
            // Bytes that have all been found to be ASCII need no second look.
            if isASCII { return String(copying: UTF8Span(unchecked: bytes, isKnownASCII: true)) }
            return try self.text(bytes, from: first)
        }
        return try self.takeEscapedString(from: first)
    }

    /// Goes on to the quote or the escape that ends a run of plain characters.
    ///
    /// - Returns: Whether all of them are ASCII.
    @discardableResult
    mutating func skipPlain() throws(JSONError) -> Bool {
        var at = self.cursor
        var isASCII = true
        while self.end - at >= 16 {
            let bytes = SixteenBytes(at)
            guard bytes.arePlain else { break }
            if !bytes.areASCII { isASCII = false }
            at += 16
        }
        while self.end - at >= 8 {
            let bytes = EightBytes(at)
            let plain = bytes.plainPrefix
            at += plain
            if !bytes.areASCII, !bytes.first(plain).areASCII { isASCII = false }
            if plain < 8 { break }
        }
        while at < self.end, at.pointee >= 0x20, at.pointee != 0x22, at.pointee != 0x5C {
            if at.pointee >= 0x80 { isASCII = false }
            at += 1
        }
        self.cursor = at
        guard at < self.end else { throw self.failure(.unexpectedEnd) }
        guard at.pointee >= 0x20 else { throw self.failure(.controlCharacter) }
        return isASCII
    }

    private func text(_ bytes: Span<UInt8>, from first: UnsafePointer<UInt8>) throws(JSONError) -> String {
        // Not by the initializer of a generic collection, which looks its types up each time.
        guard let utf8 = try? UTF8Span(validating: bytes) else { throw JSONError(.invalidUTF8, at: first - self.start) }
        return String(copying: utf8)
    }

    /// Takes the rest of a string that has escapes; its first run of plain characters ends at the cursor.
    private mutating func takeEscapedString(from first: UnsafePointer<UInt8>) throws(JSONError) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * (self.cursor - first) + 16)
        bytes.append(contentsOf: self.bytes(from: first))
        while !self.takes(UInt8(ascii: "\"")) {
            if self.byte == UInt8(ascii: "\\") {
                self.cursor += 1
                try self.takeEscape(into: &bytes)
            } else {
                let run = self.cursor
                try self.skipPlain()
                bytes.append(contentsOf: self.bytes(from: run))
            }
        }
        return try self.text(bytes.span, from: first)
    }

    /// Takes what follows a backslash (RFC 8259, section 7).
    private mutating func takeEscape(into bytes: inout [UInt8]) throws(JSONError) {
        let escape = self.byte
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escape)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            self.cursor += 1
            bytes.append(contentsOf: String(Character(try self.takeScalar())).utf8)
            return
        default: throw self.failure(self.cursor < self.end ? .malformedEscape : .unexpectedEnd)
        }
        self.cursor += 1
    }

    /// Takes the digits of `\\u`, and those of a second one where the first is half of a surrogate pair.
    private mutating func takeScalar() throws(JSONError) -> Unicode.Scalar {
        let unit = try self.takeHexUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, self.takes(UInt8(ascii: "\\")), self.takes(UInt8(ascii: "u")) else {
            throw self.failure(.malformedEscape)
        }
        let low = try self.takeHexUnit()
        guard low >= 0xDC00, low < 0xE000,
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
        else { throw self.failure(.malformedEscape) }
        return scalar
    }

    private mutating func takeHexUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch self.byte {
            case let byte where byte &- 0x30 < 10: digit = byte &- 0x30
            case let byte where (byte | 0x20) &- 0x61 < 6: digit = (byte | 0x20) &- 0x61 + 10
            default: throw self.failure(self.cursor < self.end ? .malformedEscape : .unexpectedEnd)
            }
            unit = unit << 4 | UInt16(digit)
            self.cursor += 1
        }
        return unit
    }
}
