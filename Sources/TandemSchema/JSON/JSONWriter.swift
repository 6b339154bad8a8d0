// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Writes values as JSON text (RFC 8259), straight to bytes.
///
/// Generated code and types of your own call it in their `write(json:)`. A value that JSON has no text for, such as a
/// double that is no number, is written as `null` and remembered; `JSON.encode` then throws.
public struct JSONWriter: ~Copyable {
    // Owned: allocated in `init` and `grow`, freed in `deinit`; the writer is not copyable, so there is one owner. Or lent
    // by a closure's caller: nobody can keep a writer, as only we make one to put in its place.
    @usableFromInline var base: UnsafeMutablePointer<UInt8>
    @usableFromInline var count = 0
    @usableFromInline var capacity: Int
    /// Whether the text stands in memory that somebody else frees.
    @usableFromInline var isLent = false
    /// The first value that could not be written.
    @usableFromInline var failure: JSONEncodingError?
    /// Where values go that may stand beside the text; `nil` where there is no such place.
    @usableFromInline package var attachments: [any Sendable]?

    /// An empty text, with room for so many bytes.
    @usableFromInline
    package init(capacity: Int = 512) {
        self.capacity = max(capacity, 64)
        self.base = .allocate(capacity: self.capacity)
    }

    /// An empty text in memory that outlives the writer; one that grows out of it moves to memory of its own.
    @inlinable
    package init(lent memory: UnsafeMutableRawBufferPointer) {
        let base = memory.baseAddress?.bindMemory(to: UInt8.self, capacity: memory.count)
        self.isLent = base != nil
        self.capacity = base == nil ? 64 : memory.count
        self.base = base ?? .allocate(capacity: self.capacity)
    }

    deinit {
        if !self.isLent { self.base.deallocate() }
    }

    /// Calls `body` with the text, which is valid during the call only.
    ///
    /// - Throws: `JSONEncodingError` where a value could not be written.
    @inlinable
    package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) throws(JSONEncodingError) -> Result {
        if let failure { throw failure }
        return body(UnsafeRawBufferPointer(start: self.base, count: self.count))
    }

    /// How many bytes of the memory that it was lent are the text; `nil` where the text grew out of it, or is not whole.
    @inlinable
    package var lentCount: Int? { self.isLent && self.failure == nil ? self.count : nil }

    /// Makes room for `count` bytes behind those that are there, and for a word that is stored whole for its first bytes.
    @inlinable
    @inline(__always)
    mutating func reserve(_ count: Int) {
        // No memory is so large that these overflow.
        if self.capacity &- self.count < count &+ 8 { self.grow(by: count + 8) }
    }

    @usableFromInline
    mutating func grow(by count: Int) {
        // By much, as memory that is not touched costs nothing, and what was written is copied less often.
        let larger = max(self.capacity * 4, self.count + count)
        let base = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        base.update(from: self.base, count: self.count)
        if !self.isLent { self.base.deallocate() }
        self.isLent = false
        self.base = base
        self.capacity = larger
    }

    /// Writes a byte for which room was made.
    @inlinable
    mutating func put(_ byte: UInt8) {
        self.base[self.count] = byte
        self.count &+= 1
    }

    /// Writes text as it is: JSON, or a piece of it.
    public mutating func write(raw text: StaticString) {
        self.reserve(text.utf8CodeUnitCount)
        self.put(text)
    }

    /// Writes text for which room was made.
    @inline(__always)
    private mutating func put(_ text: StaticString) {
        text.store(self.base + self.count)
        self.count &+= text.utf8CodeUnitCount
    }

    /// Writes text as it is: JSON, or a piece of it.
    public mutating func write(raw text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else { return }
            self.reserve(bytes.count)
            (self.base + self.count).update(from: start, count: bytes.count)
            self.count += bytes.count
        }
    }
}

/// A value has no text in JSON.
public struct JSONEncodingError: Error, Sendable, CustomStringConvertible {
    /// What it is.
    public let value: String

    /// What it is, and what to do.
    public var description: String { "JSON has no text for \(self.value); use an optional and nil, or a string." }
}

// MARK: - Arrays and objects

extension JSONWriter {
    /// Writes the bracket that an object begins with.
    @inlinable
    public mutating func beginObject() {
        self.reserve(1)
        self.put(UInt8(ascii: "{"))
    }

    /// Writes the bracket that an object ends with.
    @inlinable
    public mutating func endObject() {
        self.reserve(1)
        self.put(UInt8(ascii: "}"))
    }

    /// Writes a property, with the comma before it where it is not the first; nothing where the value is omitted.
    ///
    /// - Parameters:
    ///   - key: The name, quoted and with the colon: `"subject":`.
    ///   - value: The value.
    @inlinable
    public mutating func property<Value: Schema>(_ key: StaticString, _ value: Value) {
        if value.isOmitted { return }
        self.write(key: key)
        value.write(json: &self)
    }

    /// Writes a key as it stands in the text, with the comma before it.
    @usableFromInline
    mutating func write(key: StaticString) {
        self.reserve(key.utf8CodeUnitCount + 1)
        self.putSeparator()
        self.put(key)
    }

    /// Writes a property whose name is not known beforehand.
    public mutating func property<Value: Schema>(named name: String, _ value: Value) {
        if value.isOmitted { return }
        self.separate()
        self.write(name)
        self.reserve(1)
        self.put(UInt8(ascii: ":"))
        value.write(json: &self)
    }

    /// Writes the properties of an object into the one that is being written.
    public mutating func properties(_ object: JSONObject) {
        for (name, value) in object { self.property(named: name, value) }
    }

    /// Writes an array of values.
    @inlinable
    public mutating func array<Values: Sequence>(_ values: Values) where Values.Element: Schema {
        self.beginArray()
        for value in values {
            self.separate()
            value.write(json: &self)
        }
        self.endArray()
    }

    @inlinable
    package mutating func beginArray() {
        self.reserve(1)
        self.put(UInt8(ascii: "["))
    }

    @inlinable
    package mutating func endArray() {
        self.reserve(1)
        self.put(UInt8(ascii: "]"))
    }

    @inlinable
    mutating func comma() {
        self.reserve(1)
        self.put(UInt8(ascii: ","))
    }

    /// Writes a comma, but behind an opening bracket.
    @usableFromInline
    package mutating func separate() {
        self.reserve(1)
        self.putSeparator()
    }

    @inline(__always)
    private mutating func putSeparator() {
        guard self.count > 0 else { return }
        // The brackets are one bit apart.
        let isFirst = self.base[self.count - 1] | 0x20 == UInt8(ascii: "{")
        self.base[self.count] = UInt8(ascii: ",")
        self.count &+= isFirst ? 0 : 1
    }
}
