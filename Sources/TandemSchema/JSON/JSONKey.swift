// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The name of a property, ready to be compared with what stands in a text, eight bytes at a time.
public struct JSONKey: Sendable, ExpressibleByStringLiteral {
    let name: StaticString
    /// In bytes.
    let count: Int
    /// A text has more bytes than this where eight can be compared at once; none has, where the name needs escapes.
    private let reach: Int
    /// The first bytes with the quote behind them, as far as they are eight, and which bits of them count.
    private let head: UInt64
    private let mask: UInt64
    /// The last seven bytes and the quote, of eight bytes or more.
    private let tail: UInt64

    /// The name, as it is without escapes.
    public init(stringLiteral name: StaticString) {
        self.name = name
        let bytes = name.withUTF8Buffer { Array($0) }
        let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        self.count = bytes.count
        self.reach = isPlain ? max(bytes.count, 7) : .max
        let text = bytes + [UInt8(ascii: "\"")]
        self.head = Self.word(text.prefix(8))
        self.mask = Self.word(text.prefix(8).map { _ in 0xFF })
        self.tail = Self.word(text.suffix(8))
    }

    private static func word(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether it stands at a place, with the quote behind it.
    @inline(__always)
    func stands(at start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Bool {
        guard end - start > self.reach else { return self.standsNearEnd(at: start, before: end) }
        if (EightBytes(start).word ^ self.head) & self.mask != 0 { return false }
        if self.count < 8 { return true }
        if EightBytes(start + self.count - 7).word != self.tail { return false }
        return self.count < 16 || self.middleStands(at: start)
    }

    /// Compares what is neither in `head` nor in `tail`.
    private func middleStands(at start: UnsafePointer<UInt8>) -> Bool {
        let name = self.name.utf8Start
        var index = 8
        while index < self.count - 7 {
            if EightBytes(start + index).word != EightBytes(name + index).word { return false }
            index += 8
        }
        return true
    }

    private func standsNearEnd(at start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Bool {
        guard self.reach < .max, end - start > self.count, start[self.count] == UInt8(ascii: "\"") else { return false }
        return (0..<self.count).allSatisfy { start[$0] == self.name.utf8Start[$0] }
    }
}
