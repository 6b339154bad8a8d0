// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads an integer that the type can hold, in any notation (`1e2` is one too); anything else is a violation.
    public mutating func readInteger<Integer: FixedWidthInteger>(
        _ type: Integer.Type = Integer.self
    ) throws(JSONError) -> Integer? {
        guard self.isAtNumber else {
            try self.refuse(expected: "an integer")
            return nil
        }
        if let short = self.shortInteger(), let value = Integer(exactly: short.value) {
            self.cursor += short.count
            return value
        }
        let opening = self.cursor
        let number = try self.takeNumber()
        if let value = number.integer(Integer.self) { return value }
        self.cursor = opening
        // What lies between the type's least and greatest value can only have a fraction.
        let value = number.double
        if value > Double(Integer.min), value < Double(Integer.max) {
            try self.refuse(expected: "an integer")
        } else {
            try self.refuse(expected: "\(Integer.min) to \(Integer.max)", rule: "range")
        }
        return nil
    }

    /// Reads a number as the nearest double; anything else, and what is too large for one, is a violation.
    public mutating func readDouble() throws(JSONError) -> Double? {
        guard self.isAtNumber else {
            try self.refuse(expected: "a number")
            return nil
        }
        let opening = self.cursor
        let value = try self.takeNumber().double
        if value.isFinite { return value }
        self.cursor = opening
        try self.refuse(expected: "a number up to \(Double.greatestFiniteMagnitude)", rule: "range")
        return nil
    }

    /// Reads a number as the text it is, so that no digit is lost; anything else is a violation.
    public mutating func readNumberText() throws(JSONError) -> String? {
        guard self.isAtNumber else {
            try self.refuse(expected: "a number")
            return nil
        }
        let opening = self.cursor
        _ = try self.takeNumber()
        return String(decoding: self.bytes(from: opening), as: UTF8.self)
    }

    /// Whether a text is a number and nothing else.
    package static func isNumber(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard var reader = try? JSONReader(bytes, limits: JSONLimits()), reader.offset == 0, reader.isAtNumber
            else { return false }
            return (try? reader.takeNumber()) != nil && reader.cursor == reader.end
        }
    }

    @inline(__always)
    var isAtNumber: Bool { self.byte &- 0x30 < 10 || self.byte == UInt8(ascii: "-") }

    /// The integer at the cursor and its bytes; `nil` where it has more than 18 digits, a fraction or an exponent.
    @inline(__always)
    private func shortInteger() -> (value: Int64, count: Int)? {
        let isNegative = self.cursor.pointee == UInt8(ascii: "-")
        let first = isNegative ? self.cursor + 1 : self.cursor
        var at = first
        var magnitude: Int64 = 0
        var byte: UInt8 = 0
        while at < self.end {
            byte = at.pointee
            let digit = byte &- 0x30
            guard digit < 10 else { break }
            magnitude = magnitude &* 10 &+ Int64(digit)
            at += 1
        }
        let count = at - first
        guard count > 0, count <= 18, count < self.limits.numberBytes, byte != UInt8(ascii: "."),
            byte | 0x20 != UInt8(ascii: "e"), count == 1 || first.pointee != UInt8(ascii: "0")
        else { return nil }
        return isNegative ? (-magnitude, count + 1) : (magnitude, count)
    }

    /// Takes a number (RFC 8259, section 6).
    mutating func takeNumber() throws(JSONError) -> JSONNumber {
        let opening = self.cursor
        let isNegative = self.takes(UInt8(ascii: "-"))
        let first = self.cursor
        var mantissa: UInt64 = 0
        var digits = self.takeDigits(into: &mantissa)
        guard digits > 0 else { throw self.malformedNumber() }
        if digits > 1, first.pointee == UInt8(ascii: "0") {
            throw JSONError(.malformedNumber, at: self.offset(first + 1))
        }
        var fraction = 0
        if self.takes(UInt8(ascii: ".")) {
            fraction = self.takeDigits(into: &mantissa)
            guard fraction > 0 else { throw self.malformedNumber() }
            digits += fraction
        }
        let exponent = self.byte | 0x20 == UInt8(ascii: "e") ? try self.takeExponent() : 0
        let text = self.bytes(from: opening)
        if text.count > self.limits.numberBytes { throw JSONError(.numberTooLong, at: self.offset(opening)) }
        // So many digits always fit.
        if digits <= 19 { return JSONNumber(text, isNegative, mantissa, exponent - fraction) }
        return JSONNumber(text, isNegative, exponent: exponent)
    }

    private func malformedNumber() -> JSONError {
        self.failure(self.cursor < self.end ? .malformedNumber : .unexpectedEnd)
    }

    /// Takes a run of digits, and adds them to those before; says how many.
    @inline(__always)
    private mutating func takeDigits(into mantissa: inout UInt64) -> Int {
        let first = self.cursor
        // Most are few; only what goes on is worth a look at eight at a time.
        while self.takesDigit(into: &mantissa) {
            if self.cursor - first == 4 {
                self.takeManyDigits(into: &mantissa)
                break
            }
        }
        return self.cursor - first
    }

    @inline(__always)
    private mutating func takesDigit(into mantissa: inout UInt64) -> Bool {
        guard self.cursor < self.end else { return false }
        let digit = self.cursor.pointee &- 0x30
        guard digit < 10 else { return false }
        mantissa = mantissa &* 10 &+ UInt64(digit)
        self.cursor += 1
        return true
    }

    private mutating func takeManyDigits(into mantissa: inout UInt64) {
        while self.end - self.cursor >= 8 {
            let bytes = EightBytes(self.cursor)
            guard bytes.areDigits else { break }
            mantissa = mantissa &* 100_000_000 &+ bytes.number
            self.cursor += 8
        }
        while self.takesDigit(into: &mantissa) {}
    }

    private mutating func takeExponent() throws(JSONError) -> Int {
        self.cursor += 1
        let isNegative = self.takes(UInt8(ascii: "-"))
        if !isNegative { _ = self.takes(UInt8(ascii: "+")) }
        let first = self.cursor
        var exponent = 0
        while self.byte &- 0x30 < 10 {
            // What is beyond this is zero or infinite, whatever the digits before it within the limits.
            if exponent < 1_000_000 { exponent = exponent * 10 + Int(self.byte &- 0x30) }
            self.cursor += 1
        }
        guard self.cursor > first else { throw self.malformedNumber() }
        return isNegative ? -exponent : exponent
    }
}
