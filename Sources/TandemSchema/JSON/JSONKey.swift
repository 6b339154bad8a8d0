// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The name of a property, ready to be compared with what stands in a text, in words.
public struct JSONKey: Sendable, ExpressibleByStringLiteral {
    let name: StaticString
    /// Of the name, its quotes and the colon, in bytes.
    let count: Int
    /// A text has more bytes than this where words can be compared; none has, where the name needs escapes.
    private let reach: Int
    /// The first eight bytes, as far as there are so many, and which bits of them count.
    private let head: UInt64
    private let mask: UInt64
    /// The last eight bytes, where there are more.
    private let tail: UInt64

    /// The name, as it is without escapes.
    public init(stringLiteral name: StaticString) {
        let (letters, length) = (name.utf8Start, name.utf8CodeUnitCount)
        let count = length + 3
        func byte(_ index: Int) -> UInt64 {
            if index == 0 || index == count - 2 { return UInt64(UInt8(ascii: "\"")) }
            return UInt64(index == count - 1 ? UInt8(ascii: ":") : letters[index - 1])
        }
        var (head, mask, tail): (UInt64, UInt64, UInt64) = (0, 0, 0)
        for index in 0..<min(count, 8) {
            head |= byte(index) << UInt64(8 * index)
            mask |= 0xFF << UInt64(8 * index)
            tail = tail >> 8 | byte(count - min(count, 8) + index) << 56
        }
        let isPlain = (0..<length).allSatisfy { index in
            letters[index] >= 0x20 && letters[index] != UInt8(ascii: "\"") && letters[index] != UInt8(ascii: "\\")
        }
        self.name = name
        self.count = count
        self.reach = isPlain ? max(count, 8) - 1 : .max
        (self.head, self.mask, self.tail) = (head, mask, tail)
    }

    /// Whether it stands at a place, in quotes and with the colon right behind it.
    @inline(__always)
    func stands(at start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Bool {
        guard end - start > self.reach else { return self.standsNearEnd(at: start, before: end) }
        if (EightBytes(start).word ^ self.head) & self.mask != 0 { return false }
        if self.count <= 8 { return true }
        if EightBytes(start + (self.count &- 8)).word != self.tail { return false }
        return self.count <= 16 || self.name.isAt(start + 1)
    }

    @inline(never)
    private func standsNearEnd(at start: UnsafePointer<UInt8>, before end: UnsafePointer<UInt8>) -> Bool {
        guard self.reach < .max, end - start >= self.count else { return false }
        let quote = UInt8(ascii: "\"")
        return start.pointee == quote && start[self.count - 2] == quote
            && start[self.count - 1] == UInt8(ascii: ":") && self.name.isAt(start + 1)
    }
}
