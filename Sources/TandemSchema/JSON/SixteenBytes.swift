// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Sixteen bytes of a text, looked at in one step, as two vectors of eight.
///
/// Not as a vector of bytes: Swift has no quick way to ask one whether any of its comparisons came true.
struct SixteenBytes {
    private let words: SIMD2<UInt64>

    /// The bytes from a pointer on.
    @inline(__always)
    init(_ start: UnsafePointer<UInt8>) {
        self.words = SIMD2(EightBytes(start).word, EightBytes(start + 8).word)
    }

    /// Puts the bytes to memory that has room for them.
    @inline(__always)
    func store(_ memory: UnsafeMutablePointer<UInt8>) {
        EightBytes(self.words[0]).store(memory)
        EightBytes(self.words[1]).store(memory + 8)
    }

    /// Whether none is one that a JSON string escapes or ends with: a control, a quote, a backslash.
    @inline(__always)
    var arePlain: Bool {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        let control = self.words &- SIMD2(repeating: 0x2020_2020_2020_2020)
        let quote = (self.words ^ SIMD2(repeating: 0x2222_2222_2222_2222)) &- ones
        let backslash = (self.words ^ SIMD2(repeating: 0x5C5C_5C5C_5C5C_5C5C)) &- ones
        let special = (control | quote | backslash) & ~self.words
        return (special[0] | special[1]) & 0x8080_8080_8080_8080 == 0
    }

    /// Whether all are ASCII.
    @inline(__always)
    var areASCII: Bool { (self.words[0] | self.words[1]) & 0x8080_8080_8080_8080 == 0 }
}
