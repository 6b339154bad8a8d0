// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// The header fields of a message, in order; names are compared without regard to case (RFC 9110, section 5).
///
/// The fields are kept as the lines they are on the wire, so a request's fields cost nothing until they are asked
/// for and a response's are written by one copy.
///
/// ```swift
/// var headers: Headers = ["content-type": "text/plain"]
/// headers["cache-control"] = "no-store"
/// headers.add("set-cookie", "a=1")
/// ```
///
/// Bytes that may not stand in a field (line ends, NUL, other controls) are replaced by spaces in values; a name that
/// is not a token (RFC 9110, section 5.1) is not added. So no field can split a message.
public struct Headers: Sendable {
    /// Lines of `name: value CR LF`, without the empty one at the end.
    package var lines: ByteBuffer

    /// Lines that the parser has checked.
    package init(lines: ByteBuffer) {
        self.lines = lines
    }

    /// No fields.
    public init() {
        self.lines = ByteBuffer()
    }

    /// Whether there are no fields.
    public var isEmpty: Bool { self.lines.readableBytes == 0 }

    /// The value of the first field with this name; set it to replace all of them, or to `nil` to remove them.
    public subscript(name: String) -> String? {
        get { self.withFirstValue(of: name) { $0.text($1) } }
        set {
            self.remove(name)
            if let newValue { self.add(name, newValue) }
        }
    }

    /// The values of all fields with this name, in order.
    public func all(_ name: String) -> [String] {
        var name = name
        return self.lines.withUnsafeReadableBytes { bytes in
            name.withUTF8 { name in
                var values: [String] = []
                var lines = FieldLine.Iterator(bytes)
                while let value = lines.nextValue(of: name) { values.append(lines.text(value)) }
                return values
            }
        }
    }

    /// The members of a list field, over all its lines, split at commas outside quotes (RFC 9110, section 5.6.1).
    public func list(_ name: String) -> [Substring] {
        self.all(name).flatMap(FieldLine.members)
    }

    /// Whether a field with this name is there.
    public func contains(_ name: String) -> Bool {
        self.withFirstValue(of: name) { _, _ in true } ?? false
    }

    /// Whether the first field with this name has a lower-case `value`, without regard to case.
    package func has(_ name: String, _ value: StaticString) -> Bool {
        self.withFirstValue(of: name) { FieldLine.matches($0.bytes, $1, value) } ?? false
    }

    /// Adds a field after those that are there, of the same name too.
    public mutating func add(_ name: String, _ value: String) {
        guard FieldLine.isToken(name) else { return }
        self.lines.writeString(name)
        self.lines.writeStaticString(": ")
        let start = self.lines.writerIndex
        self.lines.writeString(value)
        self.blankControls(from: start)
        self.lines.writeStaticString("\r\n")
    }

    /// Adds the fields of another message's head.
    package mutating func append(_ other: Headers) {
        self.lines.writeImmutableBuffer(other.lines)
    }

    /// Says that the answer depends on a field of the request (RFC 9110, section 12.5.5).
    package mutating func vary(by name: String) {
        if self.contains("vary"),
            self.list("vary").contains(where: { $0 == "*" || FieldLine.matches(String($0), name) })
        {
            return
        }
        self.add("vary", name)
    }

    /// Removes all fields with this name.
    public mutating func remove(_ name: String) {
        guard self.contains(name) else { return }
        var name = name
        var kept = ByteBuffer()
        self.lines.withUnsafeReadableBytes { bytes in
            name.withUTF8 { name in
                var lines = FieldLine.Iterator(bytes)
                var start = 0
                while let line = lines.next() {
                    if !FieldLine.matches(bytes, line.name, name) {
                        kept.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[start..<lines.offset]))
                    }
                    start = lines.offset
                }
            }
        }
        self.lines = kept
    }

    private mutating func blankControls(from start: Int) {
        let length = self.lines.writerIndex - start
        self.lines.withUnsafeMutableReadableBytes { bytes in
            for index in (bytes.count - length)..<bytes.count where FieldLine.isForbiddenInValue(bytes[index]) {
                bytes[index] = UInt8(ascii: " ")
            }
        }
    }

    /// Calls `body` with where the first value of a name stands, without the white space around it.
    private func withFirstValue<Result>(
        of name: String,
        _ body: (FieldLine.Iterator, Range<Int>) -> Result
    ) -> Result? {
        self.lines.withUnsafeReadableBytes { bytes in
            var name = name
            return name.withUTF8 { name in
                var lines = FieldLine.Iterator(bytes)
                return lines.nextValue(of: name).map { body(lines, $0) }
            }
        }
    }
}

extension Headers: Sequence {
    /// One field.
    public typealias Element = (name: String, value: String)

    /// Goes through the fields in order.
    public struct Iterator: IteratorProtocol {
        private let lines: ByteBuffer
        private var offset = 0

        init(_ lines: ByteBuffer) {
            self.lines = lines
        }

        /// The next field.
        public mutating func next() -> Element? {
            let (element, end): (Element?, Int) = self.lines.withUnsafeReadableBytes { bytes in
                var iterator = FieldLine.Iterator(bytes, from: self.offset)
                guard let line = iterator.next() else { return (nil, bytes.count) }
                return ((iterator.text(line.name), iterator.text(line.value)), iterator.offset)
            }
            self.offset = end
            return element
        }
    }

    /// Goes through the fields in order.
    public func makeIterator() -> Iterator { Iterator(self.lines) }
}

extension Headers: ExpressibleByDictionaryLiteral, Equatable, CustomStringConvertible {
    /// The fields of a literal, in order.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { self.add(name, value) }
    }

    /// The names of the fields; values may be secret.
    public var description: String { self.map(\.name).joined(separator: ", ") }
}
