// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Reads one value from bytes that anybody may have made up: what it keeps grows with what it has read, and nothing is
/// reserved for what a length promises.
struct MessagePackReader {
    /// How deep arrays and maps may be nested.
    static let depth = 64

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// Reads all of some bytes.
    static func read(_ bytes: [UInt8]) throws(MessagePackError) -> MessagePackValue {
        var reader = MessagePackReader(bytes: bytes)
        let value = try reader.value()
        if reader.position != bytes.count { throw .trailing }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func value() throws(MessagePackError) -> MessagePackValue {
        let byte = try self.byte()
        switch byte {
        case 0x00...0x7F: return .integer(Int(byte))
        case 0x80...0x8F: return try self.map(Int(byte & 0x0F))
        case 0x90...0x9F: return try self.array(Int(byte & 0x0F))
        case 0xA0...0xBF: return .string(try self.string(Int(byte & 0x1F)))
        case 0xC0: return .null
        case 0xC2, 0xC3: return .bool(byte == 0xC3)
        case 0xC4...0xC6: return .binary(Bytes(try self.take(self.length(1 << (byte - 0xC4)))))
        case 0xC7...0xC9: return try self.extended(self.length(1 << (byte - 0xC7)))
        case 0xCA: return .double(Double(Float(bitPattern: UInt32(truncatingIfNeeded: try self.number(4)))))
        case 0xCB: return .double(Double(bitPattern: try self.number(8)))
        case 0xCC...0xCE: return .integer(Int(try self.number(1 << (byte - 0xCC))))
        case 0xCF:
            let number = try self.number(8)
            return Int(exactly: number).map { .integer($0) } ?? .double(Double(number))
        case 0xD0: return .integer(Int(Int8(truncatingIfNeeded: try self.number(1))))
        case 0xD1: return .integer(Int(Int16(truncatingIfNeeded: try self.number(2))))
        case 0xD2: return .integer(Int(Int32(truncatingIfNeeded: try self.number(4))))
        case 0xD3: return .integer(Int(Int64(truncatingIfNeeded: try self.number(8))))
        case 0xD4...0xD8: return try self.extended(1 << Int(byte - 0xD4))
        case 0xD9...0xDB: return .string(try self.string(self.length(1 << (byte - 0xD9))))
        case 0xDC, 0xDD: return try self.array(self.length(2 << (byte - 0xDC)))
        case 0xDE, 0xDF: return try self.map(self.length(2 << (byte - 0xDE)))
        case 0xE0...0xFF: return .integer(Int(Int8(bitPattern: byte)))
        default: throw .unknownType(byte)
        }
    }

    // MARK: - Parts

    private mutating func byte() throws(MessagePackError) -> UInt8 {
        guard self.position < self.bytes.count else { throw .truncated }
        defer { self.position += 1 }
        return self.bytes[self.position]
    }

    private mutating func take(_ count: Int) throws(MessagePackError) -> ArraySlice<UInt8> {
        guard count <= self.bytes.count - self.position else { throw .truncated }
        defer { self.position += count }
        return self.bytes[self.position..<self.position + count]
    }

    /// An unsigned number of some bytes, the highest first.
    private mutating func number(_ count: Int) throws(MessagePackError) -> UInt64 {
        try self.take(count).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func length(_ count: Int) throws(MessagePackError) -> Int { Int(try self.number(count)) }

    private mutating func string(_ count: Int) throws(MessagePackError) -> String {
        guard let text = String(validating: try self.take(count), as: UTF8.self) else { throw .malformed }
        return text
    }

    private mutating func array(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        try self.descend()
        var values: [MessagePackValue] = []
        for _ in 0..<count { values.append(try self.value()) }
        self.depth -= 1
        return .array(values)
    }

    private mutating func map(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        try self.descend()
        var entries: [MessagePackValue.Entry] = []
        for _ in 0..<count {
            guard case .string(let key) = try self.value() else { throw .malformed }
            entries.append(.init(key, try self.value()))
        }
        self.depth -= 1
        return .map(entries)
    }

    private mutating func descend() throws(MessagePackError) {
        self.depth += 1
        if self.depth > Self.depth { throw .tooDeep }
    }

    /// An extension: those by which JavaScript's libraries write `undefined`, dates and buffers.
    private mutating func extended(_ count: Int) throws(MessagePackError) -> MessagePackValue {
        let type = try self.byte()
        let content = try self.take(count)
        let number = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch (type, count) {
        case (0, 1): return content.first == 0 ? .null : .binary(Bytes(content))
        case (0, 8): return .string(DateText.ofMilliseconds(Int64(bitPattern: number)))
        case (0, _): return .binary(Bytes(content))
        case (0xFF, 4): return .string(DateText.ofMilliseconds(Int64(number) * 1000))
        case (0xFF, 8):
            let (seconds, nanoseconds) = (Int64(number & 0x3_FFFF_FFFF), Int64(number >> 34))
            return .string(DateText.ofMilliseconds(seconds * 1000 + nanoseconds / 1_000_000))
        default: throw .unknownType(type)
        }
    }
}
