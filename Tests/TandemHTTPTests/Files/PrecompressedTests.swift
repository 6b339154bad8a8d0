// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Which of the codings beside a file is sent")
struct PrecompressedTests {
    @Test(
        "The best the client accepts, ours first among equals",
        arguments: [
            ("", .identity), ("identity", .identity), ("deflate", .identity), ("gzip", .gzip), ("GZip", .gzip),
            ("x-gzip", .gzip),
            ("br, gzip", .br), ("gzip, br", .br), ("gzip, deflate, br, zstd", .br),
            ("br;q=0.5, gzip", .gzip), ("br;q=0.5, gzip;q=0.5", .br), ("br;q=0, zstd;q=0.001", .zstd),
            ("*", .br), ("*;q=0", .identity), ("br;q=0, *", .zstd), ("gzip;q=0", .identity),
            ("identity, gzip;q=0.9", .identity), ("identity;q=0.5, gzip;q=0.5", .gzip), ("identity;q=0, gzip", .gzip),
            ("gzip;q=1.000", .gzip), ("gzip ; q=1", .gzip), ("gzip;q=2", .identity), ("gzip;q=1.0000", .identity),
            ("gzip;q=-1", .identity), ("gzip;q=", .identity), ("gzip;q=0.1.1", .identity), (",,gzip,", .gzip),
            (";q=1", .identity),
        ] as [(String, ContentCoding)]
    )
    func negotiation(field: String, coding: ContentCoding) {
        let headers: Headers = ["accept-encoding": field]
        #expect(AcceptEncoding(headers).best(of: ContentCoding.precompressed) == coding)
    }

    @Test("What is not there is not chosen")
    func available() {
        let headers: Headers = ["accept-encoding": "br, gzip;q=0.1"]
        #expect(AcceptEncoding(headers).best(of: [.gzip]) == .gzip)
        #expect(AcceptEncoding(headers).best(of: []) == .identity)
    }
}
