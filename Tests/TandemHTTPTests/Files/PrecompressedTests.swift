// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Which of the codings beside a file is sent")
struct PrecompressedTests {
    @Test(
        "The best the client accepts, ours first among equals",
        arguments: [
            ("", nil), ("identity", nil), ("deflate", nil), ("gzip", .gzip), ("GZip", .gzip), ("x-gzip", .gzip),
            ("br, gzip", .brotli), ("gzip, br", .brotli), ("gzip, deflate, br, zstd", .brotli),
            ("br;q=0.5, gzip", .gzip), ("br;q=0.5, gzip;q=0.5", .brotli), ("br;q=0, zstd;q=0.001", .zstandard),
            ("*", .brotli), ("*;q=0", nil), ("br;q=0, *", .zstandard), ("gzip;q=0", nil),
            ("identity, gzip;q=0.9", nil), ("identity;q=0.5, gzip;q=0.5", .gzip), ("identity;q=0, gzip", .gzip),
            ("gzip;q=1.000", .gzip), ("gzip ; q=1", .gzip), ("gzip;q=2", nil), ("gzip;q=1.0000", nil),
            ("gzip;q=-1", nil), ("gzip;q=", nil), ("gzip;q=0.1.1", nil), (",,gzip,", .gzip), (";q=1", nil),
        ] as [(String, Precompressed?)]
    )
    func negotiation(field: String, coding: Precompressed?) {
        let headers: Headers = ["accept-encoding": field]
        #expect(Precompressed.negotiate(Precompressed.allCases, accepted: headers.list("accept-encoding")) == coding)
    }

    @Test("What is not there is not chosen")
    func available() {
        #expect(Precompressed.negotiate([.gzip], accepted: ["br", "gzip;q=0.1"]) == .gzip)
        #expect(Precompressed.negotiate([], accepted: ["br"]) == nil)
    }
}
