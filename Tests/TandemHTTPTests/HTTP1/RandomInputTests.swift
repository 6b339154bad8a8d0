// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import SeededRandom
import TandemFuzzing
import TandemHTTP
import Testing

/// What the fuzzer does with coverage to guide it (`make fuzz`), here with a seed: any bytes, split in any way.
struct RandomInputTests {
    /// Parts that requests are made of, so that random joins get past the first byte.
    private static let parts = [
        "GET ", "POST ", "OPTIONS ", "/", "/a?b", "*", "http://h", " HTTP/1.1\r\n", " HTTP/1.0\r\n", "Host: h\r\n",
        "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n", "Connection: close\r\n",
        "Expect: 100-continue\r\n", "a: b\r\n", "a:\r\n", "\r\n", "\r\n\r\n", "\n", "\r", " ", "\t", ":", ",", "5", "0",
        "5\r\nhello\r\n", "0\r\n\r\n", "1;e\r\nx\r\n", "hello", "\u{0}", "\u{7F}", "\u{E9}", "fffffffffffffff\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
    ].map { ByteBuffer(string: $0) }

    @Test("Random bytes are read alike however they are split", arguments: 0..<8 as Range<UInt64>)
    func bytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            Fuzzing.checkSplits(of: ByteBuffer(bytes: bytes), pieces: .random(in: 1...16, using: &random))
        }
    }

    @Test("Random joins of parts of requests are read alike however they are split", arguments: 0..<8 as Range<UInt64>)
    func parts(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var bytes = ByteBuffer()
            for _ in 0..<Int.random(in: 1...24, using: &random) {
                if let part = Self.parts.randomElement(using: &random) { bytes.writeImmutableBuffer(part) }
            }
            Fuzzing.checkSplits(of: bytes, pieces: .random(in: 1...16, using: &random))
        }
    }

    @Test("Requests with a byte changed are read alike however they are split", arguments: 0..<4 as Range<UInt64>)
    func changed(seed: UInt64) {
        let text = """
            POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;e=f\r\nhello\r\n0\r\nt: u\r\n\r
            GET / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nabc

            """
        var random = SeededGenerator(seed: seed)
        for place in text.utf8.indices.map({ text.utf8.distance(from: text.startIndex, to: $0) }) {
            var bytes = ByteBuffer(string: text)
            bytes.setInteger(UInt8.random(in: 0...255, using: &random), at: place)
            Fuzzing.checkSplits(of: bytes, pieces: .random(in: 1...16, using: &random))
        }
    }
}
