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
        let opening = self.cursor
        let number = try self.takeNumber()
        if let value = number.integer(Integer.self) { return value }
        self.cursor = opening
        let isFraction = number.exponent < 0
        if isFraction {
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
        let opening = self.offset
        _ = try self.takeNumber()
        return self.text(since: opening)
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

    /// Takes a number (RFC 8259, section 6).
    mutating func takeNumber() throws(JSONError) -> JSONNumber {
        let opening = self.cursor
        var number = JSONNumber(text: UnsafeBufferPointer(start: opening, count: 0))
        number.isNegative = self.takes(UInt8(ascii: "-"))
        if self.byte == UInt8(ascii: "0") {
            self.cursor += 1
        } else {
            guard self.takeDigits(into: &number, isFraction: false) else { throw self.malformedNumber() }
        }
        if self.takes(UInt8(ascii: ".")) {
            guard self.takeDigits(into: &number, isFraction: true) else { throw self.malformedNumber() }
        }
        if self.byte | 0x20 == UInt8(ascii: "e") {
            self.cursor += 1
            try self.takeExponent(into: &number)
        }
        // A digit here follows a leading zero.
        if self.byte &- 0x30 < 10 { throw self.failure(.malformedNumber) }
        let count = self.cursor - opening
        if count > self.limits.numberBytes { throw JSONError(.numberTooLong, at: opening - self.start) }
        number.text = UnsafeBufferPointer(start: opening, count: count)
        return number
    }

    private func malformedNumber() -> JSONError {
        self.failure(self.cursor < self.end ? .malformedNumber : .unexpectedEnd)
    }

    /// Takes a run of digits; false where there is none.
    @inline(__always)
    private mutating func takeDigits(into number: inout JSONNumber, isFraction: Bool) -> Bool {
        let first = self.cursor
        var at = first
        while at < self.end {
            let digit = at.pointee &- 0x30
            guard digit < 10 else { break }
            number.append(digit, isFraction: isFraction)
            at += 1
        }
        self.cursor = at
        return at > first
    }

    private mutating func takeExponent(into number: inout JSONNumber) throws(JSONError) {
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
        number.exponent += isNegative ? -exponent : exponent
    }
}
