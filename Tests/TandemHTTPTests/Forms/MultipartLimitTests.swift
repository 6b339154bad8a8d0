// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Multipart limits")
struct MultipartLimitTests {
    private static func error(_ body: String, pieces: Int = .max, _ set: (inout FormLimits) -> Void) -> String? {
        var limits = FormLimits()
        set(&limits)
        return MultipartParser.transcript(of: Bytes(body), pieces: pieces, limits: limits).error
    }

    @Test("The number of parts is limited")
    func limitsParts() {
        let body = String(repeating: part("form-data; name=a", "1"), count: 3) + "--x--"
        #expect(Self.error(body) { $0.fields = 3 } == nil)
        #expect(Self.error(body) { $0.fields = 2 }?.contains("more than 2 fields") == true)
    }

    @Test("The number of a part's header fields is limited")
    func limitsHeaderCount() {
        let body = part("form-data; name=a", "1", "a: 1", "b: 2") + "--x--"
        #expect(Self.error(body) { $0.partHeaderCount = 3 } == nil)
        #expect(Self.error(body) { $0.partHeaderCount = 2 }?.contains("more than 2 header fields") == true)
    }

    @Test("The bytes of a part's header fields are limited, before the last of them has come", arguments: [1, 7, .max])
    func limitsHeaderBytes(pieces: Int) {
        let line = "Content-Disposition: form-data; name=a"
        let whole = "--x\r\n\(line)\r\n\r\n1\r\n--x--"
        #expect(Self.error(whole, pieces: pieces) { $0.partHeaderBytes = line.utf8.count + 4 } == nil)
        let half = "--x\r\n" + String(repeating: "a", count: 200)
        #expect(
            Self.error(half, pieces: pieces) { $0.partHeaderBytes = 100 }?.contains("longer than 100 bytes") == true
        )
    }
}
