// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Eight bytes of a text, looked at in one step; the first is the lowest.
///
/// There is no vector of bytes here: Swift compares those one by one.
@usableFromInline
struct EightBytes {
    @usableFromInline let word: UInt64

    @inline(__always)
    init(_ word: UInt64) { self.word = word }

    /// The bytes from a pointer on.
    @inlinable
    @inline(__always)
    init(_ start: UnsafePointer<UInt8>) {
        self.word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    }

    /// Puts the bytes to memory that has room for eight.
    @inlinable
    @inline(__always)
    func store(_ memory: UnsafeMutablePointer<UInt8>) {
        UnsafeMutableRawPointer(memory).storeBytes(of: self.word.littleEndian, as: UInt64.self)
    }

    /// Four to eight bytes from a pointer on: the first four and the last four, of which some may be the same.
    @inlinable
    @inline(__always)
    init(ends start: UnsafePointer<UInt8>, _ count: Int) {
        let bytes = UnsafeRawPointer(start)
        let first = UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self))
        let last = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        self.word = UInt64(last) << 32 | UInt64(first)
    }

    /// Puts four to eight bytes to memory, of which these are the first four and the last four.
    @inlinable
    @inline(__always)
    func storeEnds(_ memory: UnsafeMutablePointer<UInt8>, _ count: Int) {
        let bytes = UnsafeMutableRawPointer(memory)
        bytes.storeBytes(of: UInt32(truncatingIfNeeded: self.word).littleEndian, as: UInt32.self)
        bytes.storeBytes(of: UInt32(self.word >> 32).littleEndian, toByteOffset: count - 4, as: UInt32.self)
    }

    /// The first `count` bytes, with zeros behind them.
    @inline(__always)
    func first(_ count: Int) -> EightBytes {
        count < 8 ? EightBytes(self.word & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1)) : self
    }

    @inline(__always)
    private static func repeated(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    // MARK: - Texts

    /// Whether all are ASCII.
    @inline(__always)
    var areASCII: Bool { self.word & Self.repeated(0x80) == 0 }

    /// Whether all are blanks.
    @inline(__always)
    var areBlanks: Bool { self.word == Self.repeated(0x20) }

    /// Whether none is one that a JSON string escapes or ends with: a control, a quote, a backslash.
    @inline(__always)
    var arePlain: Bool { self.special == 0 }

    /// How many stand before the first that is one of those.
    @inline(__always)
    var plainPrefix: Int { self.special.trailingZeroBitCount >> 3 }

    /// A bit for each of them, the lowest at the first.
    @inline(__always)
    private var special: UInt64 {
        let ones = Self.repeated(0x01)
        let control = self.word &- ones &* 0x20
        let quote = (self.word ^ Self.repeated(0x22)) &- ones
        let backslash = (self.word ^ Self.repeated(0x5C)) &- ones
        // A byte with its own high bit set is none of the three; one above the lowest found can be wrong, by a borrow.
        return (control | quote | backslash) & ~self.word & Self.repeated(0x80)
    }

    // MARK: - Digits

    /// Whether all are decimal digits.
    @inline(__always)
    var areDigits: Bool {
        let highs = Self.repeated(0xF0)
        return self.word & highs | ((self.word &+ Self.repeated(0x06)) & highs) >> 4 == Self.repeated(0x33)
    }

    /// The number that eight digits are: pairs, fours and then all of them are put together.
    @inline(__always)
    var number: UInt64 {
        let digits = self.word &- Self.repeated(0x30)
        let pairs = digits &* 10 &+ digits >> 8
        let low: UInt64 = 0x0000_00FF_0000_00FF
        let upper = (pairs & low) &* (100 + 1_000_000 << 32)
        let lower = (pairs >> 16 & low) &* (1 + 10_000 << 32)
        return (upper &+ lower) >> 32
    }

    /// The digits of a number below 100,000,000, each a byte from 0 to 9, zeros in front: it is cut into fours, pairs
    /// and digits, all at once.
    @inline(__always)
    init(digitsOf number: UInt64) {
        let high = (number &* 3_518_437_209) >> 45
        let fours = high | (number &- high &* 10_000) << 32
        let hundreds = (fours &* 5_243) >> 19 & 0x0000_007F_0000_007F
        let pairs = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (pairs &* 103) >> 10 & 0x000F_000F_000F_000F
        self.word = tens | (pairs &- tens &* 10) << 8
    }

    /// Digits as they are written.
    @inline(__always)
    var ascii: EightBytes { EightBytes(self.word | Self.repeated(0x30)) }

    /// How many zeros come first, up to eight.
    @inline(__always)
    var leadingZeros: Int { self.word.trailingZeroBitCount >> 3 }

    /// How many zeros come last, up to eight.
    @inline(__always)
    var trailingZeros: Int { self.word.leadingZeroBitCount >> 3 }
}
