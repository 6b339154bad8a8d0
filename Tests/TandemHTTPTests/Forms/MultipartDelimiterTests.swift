// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Multipart delimiters")
struct MultipartDelimiterTests {
    @Test("A search finds what a comparison at every offset finds", arguments: 1...200)
    func findsTheFirst(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let delimiter = MultipartDelimiter(boundary: String("xxxy".prefix(Int.random(in: 1...4, using: &random))))
        let alphabet = Array("\r\n-xy".utf8)
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<40, using: &random) {
            if Int.random(in: 0..<4, using: &random) == 0 {
                bytes += delimiter.bytes.prefix(Int.random(in: 0...delimiter.bytes.count, using: &random))
            } else {
                bytes.append(alphabet.randomElement(using: &random) ?? 0)
            }
        }
        #expect(bytes.withUnsafeBytes(delimiter.search) == Self.expected(delimiter.bytes, in: bytes))
    }

    private static func expected(_ delimiter: [UInt8], in bytes: [UInt8]) -> MultipartDelimiter.Match {
        for start in bytes.indices {
            let candidate = bytes[start...].prefix(delimiter.count)
            if candidate.elementsEqual(delimiter) { return .whole(start) }
            if delimiter.starts(with: candidate) { return .partial(start) }
        }
        return .none
    }
}
