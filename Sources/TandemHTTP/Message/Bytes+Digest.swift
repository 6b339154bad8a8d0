// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

extension Bytes {
    /// A digest of 128 bits, in hex: BLAKE2b (RFC 7693), with which nobody finds two contents for one digest, and
    /// which no other such function outruns without special instructions.
    package var digest: String {
        var state = BLAKE2b(digestLength: 16)
        var offset = 0
        // The last block is another matter, even where it is full.
        while offset + BLAKE2b.blockLength < self.count {
            state.update(self.block(at: offset), upTo: offset + BLAKE2b.blockLength, isLast: false)
            offset += BLAKE2b.blockLength
        }
        state.update(self.block(at: offset), upTo: self.count, isLast: true)
        return String(hexadecimal: UInt128(state.words[0].byteSwapped) << 64 | UInt128(state.words[1].byteSwapped))
    }

    /// The 16 words of a block, with zeros where the bytes are at their end.
    private func block(at offset: Int) -> BLAKE2b.Words {
        let start = self.buffer.readerIndex + offset
        var block = BLAKE2b.Words(repeating: 0)
        for index in 0..<16 {
            if let word = self.buffer.getInteger(at: start + 8 * index, endianness: .little, as: UInt64.self) {
                block[index] = word
            } else {
                let rest = self[Swift.min(offset + 8 * index, self.count)..<self.count]
                block[index] = rest.reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
        }
        return block
    }
}

/// The state of the hash function BLAKE2b, without a key (RFC 7693, section 3).
private struct BLAKE2b {
    typealias Words = InlineArray<16, UInt64>

    static let blockLength = 128
    private(set) var words: InlineArray<8, UInt64>

    init(digestLength: UInt64) {
        self.words = Self.start
        self.words[0] ^= 0x0101_0000 ^ digestLength
    }

    /// Takes in a block.
    ///
    /// - Parameters:
    ///   - block: Its words.
    ///   - count: The bytes taken in so far, with those of this block.
    ///   - isLast: Whether none follows.
    mutating func update(_ block: Words, upTo count: Int, isLast: Bool) {
        // By a span, since a word of an array by a computed index would cost a copy of the array.
        let words = block.span
        let (old, start) = (self.words, Self.start)
        var (v0, v1, v2, v3, v4, v5, v6, v7) = (old[0], old[1], old[2], old[3], old[4], old[5], old[6], old[7])
        var (v8, v9, v10, v11) = (start[0], start[1], start[2], start[3])
        var (v12, v13) = (start[4] ^ UInt64(count), start[5])
        var (v14, v15) = (isLast ? ~start[6] : start[6], start[7])
        for round in 0..<12 {
            let order = Self.orders[round < 10 ? round : round - 10]
            Self.mix(&v0, &v4, &v8, &v12, Self.word(0, order, words), Self.word(1, order, words))
            Self.mix(&v1, &v5, &v9, &v13, Self.word(2, order, words), Self.word(3, order, words))
            Self.mix(&v2, &v6, &v10, &v14, Self.word(4, order, words), Self.word(5, order, words))
            Self.mix(&v3, &v7, &v11, &v15, Self.word(6, order, words), Self.word(7, order, words))
            Self.mix(&v0, &v5, &v10, &v15, Self.word(8, order, words), Self.word(9, order, words))
            Self.mix(&v1, &v6, &v11, &v12, Self.word(10, order, words), Self.word(11, order, words))
            Self.mix(&v2, &v7, &v8, &v13, Self.word(12, order, words), Self.word(13, order, words))
            Self.mix(&v3, &v4, &v9, &v14, Self.word(14, order, words), Self.word(15, order, words))
        }
        self.words = [
            old[0] ^ v0 ^ v8, old[1] ^ v1 ^ v9, old[2] ^ v2 ^ v10, old[3] ^ v3 ^ v11,
            old[4] ^ v4 ^ v12, old[5] ^ v5 ^ v13, old[6] ^ v6 ^ v14, old[7] ^ v7 ^ v15,
        ]
    }

    /// The word that a round's order has in a place.
    @inline(__always)
    private static func word(_ place: UInt64, _ order: UInt64, _ words: Span<UInt64>) -> UInt64 {
        words[Int(truncatingIfNeeded: order &>> (4 &* place) & 15)]
    }

    @inline(__always)
    private static func mix(
        _ a: inout UInt64,
        _ b: inout UInt64,
        _ c: inout UInt64,
        _ d: inout UInt64,
        _ x: UInt64,
        _ y: UInt64
    ) {
        a = a &+ b &+ x
        d = self.rotate(d ^ a, 32)
        c = c &+ d
        b = self.rotate(b ^ c, 24)
        a = a &+ b &+ y
        d = self.rotate(d ^ a, 16)
        c = c &+ d
        b = self.rotate(b ^ c, 63)
    }

    @inline(__always)
    private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word &>> count | word &<< (64 &- count)
    }

    private static let start: InlineArray<8, UInt64> = [
        0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1,
        0x510E_527F_ADE6_82D1, 0x9B05_688C_2B3E_6C1F, 0x1F83_D9AB_FB41_BD6B, 0x5BE0_CD19_137E_2179,
    ]

    /// The order of the words in each round, from the lowest four bits up (RFC 7693, section 2.7).
    private static let orders: InlineArray<10, UInt64> = [
        0xFEDC_BA98_7654_3210, 0x357B_20C1_6DF9_84AE, 0x4917_63EA_DF25_0C8B, 0x8F04_A562_EBCD_1397,
        0xD386_CB1E_FA42_7509, 0x91EF_57D4_38B0_A6C2, 0xB829_3670_A4DE_F15C, 0xA268_4F05_931C_E7BD,
        0x5A41_7D2C_803B_9EF6, 0x0DC3_E9BF_5167_482A,
    ]
}
