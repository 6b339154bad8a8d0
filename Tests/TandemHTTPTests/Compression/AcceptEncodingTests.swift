// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Negotiation of content codings")
struct AcceptEncodingTests {
    static let offers: [ContentCoding] = [.zstd, .br, .gzip, .deflate]

    @Test(
        "The coding that both sides like best is taken",
        arguments: [
            ("gzip", .gzip),
            ("gzip, deflate, br, zstd", .zstd),
            ("gzip, deflate, br", .br),
            ("deflate, gzip", .gzip),
            ("GZip", .gzip),
            ("x-gzip", .gzip),
            ("", .identity),
            ("identity", .identity),
            ("compress", .identity),
            ("*", .zstd),
            ("*;q=0", .identity),
            ("gzip, *;q=0", .gzip),
            ("zstd;q=0, *", .br),
            ("zstd;q=0, br;q=0, *;q=0.1", .gzip),
            ("gzip;q=1.0, br;q=0.9", .gzip),
            ("gzip;q=0.5, br;q=0.51", .br),
            ("gzip;q=0.001", .gzip),
            ("gzip;q=0.000", .identity),
            ("gzip;q=0", .identity),
            ("gzip ; q=0.5 , br ; Q=0.4", .gzip),
            ("identity;q=0", .identity),
            ("identity;q=0, gzip", .gzip),
            ("identity, gzip;q=0.5", .identity),
            ("identity;q=0.5, gzip;q=0.5", .gzip),
            ("identity;q=0.5, *;q=0.4", .identity),
            ("gzip;q=0, gzip", .identity),
            // What is malformed is not wanted.
            ("gzip;q=", .identity),
            ("gzip;q=.5", .identity),
            ("gzip;q=1.5", .identity),
            ("gzip;q=2", .identity),
            ("gzip;q=-1", .identity),
            ("gzip;q=0.x", .identity),
            ("gzip;q=05", .identity),
            ("gzip;q=1;q=0", .identity),
            ("gzip;level=9", .identity),
            ("gzip;", .identity),
            (",, ,;,=, ;q=1", .identity),
            ("gzip;q=0.9999, br;q=0.999", .br),
        ] as [(String, ContentCoding)]
    )
    func best(field: String, expected: ContentCoding) {
        #expect(AcceptEncoding(["accept-encoding": field]).best(of: Self.offers) == expected)
    }

    @Test("A client that says nothing gets nothing packed")
    func absent() {
        #expect(AcceptEncoding([:]).best(of: Self.offers) == .identity)
    }

    @Test("Several fields are one list")
    func severalFields() {
        let headers: Headers = ["accept-encoding": "gzip;q=0.5", "Accept-Encoding": "deflate"]
        #expect(AcceptEncoding(headers).best(of: Self.offers) == .deflate)
    }

    @Test("Among equals the server's order decides")
    func serverOrder() {
        let accepted = AcceptEncoding(["accept-encoding": "gzip, br, deflate"])
        #expect(accepted.best(of: [.deflate, .gzip]) == .deflate)
        #expect(accepted.best(of: []) == .identity)
    }

    @Test("Random fields never trap")
    func random() {
        var generator = SeededGenerator(seed: 3)
        let alphabet = Array("gzip br*;q=01.,\" \tx\\é")
        for _ in 0..<500 {
            let length = Int.random(in: 0...24, using: &generator)
            let field = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? " " })
            let best = AcceptEncoding(["accept-encoding": field]).best(of: Self.offers)
            #expect(best == .identity || Self.offers.contains(best))
        }
    }
}
