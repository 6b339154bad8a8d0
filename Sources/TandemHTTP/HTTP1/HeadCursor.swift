// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One pass over a request's head: checks each byte once, and notes where things stand.
struct HeadCursor {
    let limits: Limits
    /// Trailers frame nothing, so what they name is not noted.
    let isTrailer: Bool
    var offset = 0
    /// The number of bytes that decide the part that is being read.
    private(set) var due = 0
    var fields = HeadFields()

    init(limits: Limits, isTrailer: Bool = false) {
        self.limits = limits
        self.isTrailer = isTrailer
    }

    /// Reads a head; false where it is not whole, and then `due` bytes are worth a further look in any case.
    mutating func readHead(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        guard try self.readRequestLine(bytes) else { return false }
        return try self.readFields(bytes)
    }

    /// Sets how many bytes a part may reach to, its line end included.
    ///
    /// No more are looked at, so that what is found does not depend on how many have arrived.
    private mutating func bound(by limit: Int) {
        let (end, overflow) = self.offset.addingReportingOverflow(limit)
        self.due = overflow || end > Int.max - 2 ? Int.max : end + 2
    }

    private mutating func readRequestLine(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        self.bound(by: self.limits.requestLine)
        let clipped = bytes.extracting(0..<min(bytes.count, self.due))
        if try self.readRequestParts(clipped) { return true }
        if clipped.count == self.due { throw .requestLineTooLong(limit: self.limits.requestLine) }
        return false
    }

    /// Reads `method SP target SP version CRLF`; false where the line is not whole.
    private mutating func readRequestParts(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        guard let method = try self.readToken(bytes, endedBy: 0x20, "The method is not a token.") else { return false }
        self.fields.method = method
        guard let target = try self.readTarget(bytes) else { return false }
        self.fields.target = target
        guard try self.readVersion(bytes) else { return false }
        self.fields.linesStart = self.offset
        return true
    }

    /// Reads header lines to the empty one; false where that has not come.
    mutating func readFields(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        self.bound(by: self.limits.headerBytes)
        let clipped = bytes.extracting(0..<min(bytes.count, self.due))
        if try self.readLines(clipped) { return true }
        if clipped.count == self.due { throw .headersTooLarge(limit: self.limits.headerBytes) }
        return false
    }

    private mutating func readLines(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        var count = 0
        while true {
            guard self.offset < bytes.count else { return false }
            if bytes[self.offset] == 0x0D {
                guard self.offset + 1 < bytes.count else { return false }
                guard bytes[self.offset + 1] == 0x0A else { throw .malformed("A line ends with CR alone.") }
                self.fields.linesEnd = self.offset
                self.offset += 2
                return true
            }
            count += 1
            if count > self.limits.headerCount { throw .tooManyHeaders(limit: self.limits.headerCount) }
            guard try self.readField(bytes) else { return false }
        }
    }

    private mutating func readField(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        let first = bytes[self.offset]
        if first == 0x20 || first == 0x09 { throw .malformed("A header line is folded (RFC 9112, section 5.2).") }
        guard let name = try self.readToken(bytes, endedBy: 0x3A, "A header name is not a token followed by a colon.")
        else { return false }
        guard let value = try self.readValue(bytes) else { return false }
        if !self.isTrailer { try self.fields.note(name: name, value: value, in: bytes) }
        return true
    }

    /// Reads token bytes up to `end`, which is taken too.
    private mutating func readToken(
        _ bytes: Span<UInt8>,
        endedBy end: UInt8,
        _ reason: StaticString
    ) throws(HTTPError) -> Range<Int>? {
        let start = self.offset
        var index = start
        while index < bytes.count, FieldLine.isTokenByte(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        guard bytes[index] == end, index > start else { throw .malformed("\(reason)") }
        self.offset = index + 1
        return start..<index
    }

    private mutating func readTarget(_ bytes: Span<UInt8>) throws(HTTPError) -> Range<Int>? {
        let start = self.offset
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x20 {
                if index == start { throw .malformed("The target is empty.") }
                self.offset = index + 1
                return start..<index
            }
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#") else {
                throw .malformed("The target has a byte that must be percent-encoded.")
            }
            index += 1
        }
        return nil
    }

    /// Reads `HTTP/1.1 CRLF`.
    private mutating func readVersion(_ bytes: Span<UInt8>) throws(HTTPError) -> Bool {
        if self.offset + 10 <= bytes.count, bytes.matches(exactly: "HTTP/1.1\r\n", self.offset..<(self.offset + 10)) {
            self.offset += 10
            return true
        }
        let available = min(bytes.count - self.offset, 10)
        let expected: StaticString = "HTTP/1.1\r\n"
        for index in 0..<available {
            let byte = bytes[self.offset + index]
            let isDigit = byte >= 0x30 && byte <= 0x39
            if index == 5 || index == 7 {
                guard isDigit else { throw .malformed("The version is not HTTP/ and two digits.") }
            } else if byte != expected.utf8Start[index] {
                throw .malformed("The request line does not end with a version and CR LF.")
            }
        }
        guard available == 10 else { return false }
        guard bytes[self.offset + 5] == 0x31 else {
            throw HTTPError(.httpVersionNotSupported, "This connection speaks HTTP/1.1 and HTTP/1.0.")
        }
        self.fields.version = bytes[self.offset + 7] == 0x30 ? .http1_0 : .http1_1
        self.offset += 10
        return true
    }

    /// Reads a field's value to its CRLF, and gives its range without the white space around it.
    private mutating func readValue(_ bytes: Span<UInt8>) throws(HTTPError) -> Range<Int>? {
        var start = self.offset
        while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        var index = start
        while true {
            while index + 8 <= bytes.count, Self.hasNoControl(bytes, at: index) { index += 8 }
            while index < bytes.count, !FieldLine.isForbiddenInValue(bytes[index]) { index += 1 }
            guard index < bytes.count else { return nil }
            guard bytes[index] == 0x0D else {
                throw .malformed("A header value has a control byte, or a line ends with LF alone.")
            }
            guard index + 1 < bytes.count else { return nil }
            guard bytes[index + 1] == 0x0A else { throw .malformed("A header value has a bare CR.") }
            self.offset = index + 2
            var end = index
            while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
            return start..<end
        }
    }

    /// Whether eight bytes are neither controls nor DEL.
    @inline(__always)
    private static func hasNoControl(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        !FieldLine.hasControl(bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
}
