// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads values off a JSON text (RFC 8259), straight from its bytes.
///
/// Generated code and types of your own call it in their `init(json:)`. What is no JSON is thrown at once; what is JSON
/// but not what was expected is noted in `violations`, and reading goes on, so that all of it is found.
public struct JSONReader: ~Copyable {
    // The three point into memory that outlives the reader: `JSON.decode` makes one inside `withUnsafeBytes`, and as it
    // is not copyable and only lent (`inout`), none can escape.
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    var cursor: UnsafePointer<UInt8>

    let limits: JSONLimits
    var depth = 0
    /// What was not as expected, so far.
    @usableFromInline var found: [Violation] = []
    /// Values that stand beside the text and that it refers to.
    package var attachments: [any Sendable] = []

    /// A reader whose cursor is at the first value.
    @usableFromInline
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) throws(JSONError) {
        guard bytes.count <= limits.bytes else { throw JSONError(.tooLong, at: limits.bytes) }
        guard let base = bytes.baseAddress else { throw JSONError(.unexpectedEnd, at: 0) }
        self.start = base
        self.cursor = base
        self.end = base + bytes.count
        self.limits = limits
        self.skipSpace()
    }

    /// What was not as expected, so far.
    public var violations: [Violation] { self.found }

    /// The place of the cursor, in bytes from the start.
    public var offset: Int { self.offset(self.cursor) }

    func offset(_ place: UnsafePointer<UInt8>) -> Int { place - self.start }

    /// The bytes from a place to the cursor.
    @inline(__always)
    func bytes(from first: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: first, count: self.cursor - first)
    }

    func failure(_ reason: JSONError.Reason) -> JSONError { JSONError(reason, at: self.offset) }

    /// The error of a byte that may not stand at the cursor.
    func unexpected() -> JSONError {
        self.failure(self.cursor < self.end ? .unexpectedByte : .unexpectedEnd)
    }
}

// MARK: - Steps

extension JSONReader {
    /// The byte at the cursor; 0, which stands nowhere in JSON, at the end.
    @inline(__always)
    var byte: UInt8 { self.cursor < self.end ? self.cursor.pointee : 0 }

    /// Skips white space, of which there is none mostly, or much that a text is indented by.
    @inline(__always)
    mutating func skipSpace() {
        if self.cursor < self.end, self.cursor.pointee <= 0x20 { self.skipSpaces() }
    }

    private mutating func skipSpaces() {
        var at = self.cursor
        scan: while at < self.end {
            switch at.pointee {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: break scan
            }
            while self.end - at >= 8, EightBytes(at).areBlanks { at += 8 }
        }
        self.cursor = at
    }

    /// Takes a byte that must stand at the cursor.
    @inline(__always)
    mutating func take(_ byte: UInt8) throws(JSONError) {
        guard self.byte == byte else { throw self.unexpected() }
        self.cursor += 1
    }

    /// Takes a byte where it stands at the cursor.
    @inline(__always)
    mutating func takes(_ byte: UInt8) -> Bool {
        guard self.byte == byte else { return false }
        self.cursor += 1
        return true
    }

    /// Takes a word such as `true`.
    mutating func take(word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard self.byte == word.utf8Start[index] else { throw self.unexpected() }
            self.cursor += 1
        }
    }

    mutating func enter() throws(JSONError) {
        self.depth += 1
        if self.depth > self.limits.depth { throw self.failure(.tooDeep) }
    }

    mutating func leave() { self.depth -= 1 }

    /// Takes the space around the whole value, which nothing may follow.
    @usableFromInline
    mutating func finish() throws(JSONError) {
        self.skipSpace()
        guard self.cursor == self.end else { throw self.failure(.trailingContent) }
    }
}

// MARK: - Words

extension JSONReader {
    /// Reads `true` or `false`; anything else is a violation.
    public mutating func readBool() throws(JSONError) -> Bool? {
        switch self.byte {
        case UInt8(ascii: "t"):
            try self.take(word: "true")
            return true
        case UInt8(ascii: "f"):
            try self.take(word: "false")
            return false
        default:
            try self.refuse(expected: "true or false")
            return nil
        }
    }

    /// Takes `null` where it stands at the cursor.
    public mutating func readNull() throws(JSONError) -> Bool {
        guard self.byte == UInt8(ascii: "n") else { return false }
        try self.take(word: "null")
        return true
    }
}
