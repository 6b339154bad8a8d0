// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemFuzzing
import TandemHTTP
import Testing

struct TrailerTests {
    private func read(_ trailers: String, limits: Limits = Limits()) -> RequestReading {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        return RequestReading.everySplit(of: "\(head)1\r\nx\r\n0\r\n\(trailers)\r\n", limits: limits)
    }

    @Test("Trailers are given as they came", arguments: ["", "a: b\r\n", "a: b\r\nc:\r\nA: d\r\n"])
    func trailers(lines: String) {
        let reading = self.read(lines)
        #expect(reading.end == .clean)
        #expect(reading.items.first?.trailers == lines)
    }

    @Test("Trailers frame nothing", arguments: ["Content-Length: 9", "Transfer-Encoding: chunked", "Host: a, b"])
    func framing(line: String) {
        let reading = self.read("\(line)\r\n")
        #expect(reading.end == .clean)
        #expect(reading.items.count == 1)
    }

    @Test(
        "A trailer line that is none is refused",
        arguments: [
            "a : b\r\n", " a: b\r\n", "a\r\n", "a: b\n", "a: \u{0}\r\n", "a: b\r\n c\r\n", ":\r\n", "\n", "\rx",
        ]
    )
    func refused(line: String) {
        #expect(self.read(line).status == 400)
    }

    @Test("The limit on the bytes of trailers holds to the byte", arguments: [-1, 0, 1, 2, 3, 50])
    func bytesLimit(excess: Int) {
        let limits = Limits.changed { $0.headerBytes = 64 }
        let line = "a: \(String(repeating: "b", count: 64 - "a: \r\n".utf8.count + excess))\r\n"
        #expect(self.read(line, limits: limits).status == (excess > 0 ? 431 : nil))
    }

    @Test("The limit on the number of trailers holds to the field", arguments: [0, 1])
    func countLimit(excess: Int) {
        let limits = Limits.changed { $0.headerCount = 3 }
        let lines = String(repeating: "a:\r\n", count: 3 + excess)
        #expect(self.read(lines, limits: limits).status == (excess > 0 ? 431 : nil))
    }
}
