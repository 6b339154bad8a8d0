// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemFuzzing
import TandemHTTP
import Testing

struct BodyFramingTests {
    private func read(_ lines: String, _ rest: String = "", version: String = "1.1") -> RequestReading {
        RequestReading.everySplit(of: "POST / HTTP/\(version)\r\nHost: h\r\n\(lines)\r\n\r\n\(rest)")
    }

    @Test(
        "Content-Length is one number",
        arguments: [
            "-1", "+1", "1 ", "1,1", "1, 1", "0x1", "1e1", "1.0", "a", "", "1 1", "\u{661}", "\"1\"", "1;", "1\t1",
            "_1",
        ]
    )
    func malformedLength(value: String) {
        // White space around a value is none of it.
        let expected = value == "1 " ? nil : 400
        #expect(self.read("Content-Length: \(value)", "x").status == expected)
    }

    @Test("Content-Length may stand once, even where it says the same")
    func repeatedLength() {
        #expect(self.read("Content-Length: 1\r\nContent-Length: 1", "x").status == 400)
        #expect(self.read("Content-Length: 1\r\nContent-Length: 2", "xy").status == 400)
    }

    @Test("A length beyond every number is the greatest, so that the body's limit refuses it")
    func hugeLength() throws {
        for length in ["9223372036854775807", "9223372036854775808", String(repeating: "9", count: 200)] {
            let item = try #require(self.read("Content-Length: \(length)").items.first)
            #expect(item.framing == .length(.max))
        }
        #expect(self.read("Content-Length: 000000000000000000000000000000005", "abcde").end == .clean)
    }

    @Test(
        "Transfer-Encoding is chunked alone",
        arguments: [
            ("chunked", nil), ("Chunked", nil), (" \tchunked\t", nil), ("chunked,", nil), (",chunked", nil),
            ("gzip", 501), ("gzip, chunked", 501), ("identity", 501), ("xchunked", 501), ("chunked;q=1", 501),
            ("\"chunked\"", 501), ("chunked chunked", 501), ("chunke", 501), ("chunked\u{B}", 400),
            ("chunked, chunked", 400), ("chunked, gzip", 400), ("chunked, identity", 400), ("", 400), (",", 400),
        ] as [(String, Int?)]
    )
    func coding(value: String, status: Int?) {
        #expect(self.read("Transfer-Encoding: \(value)", "0\r\n\r\n").status == status)
    }

    @Test("Two framings at once are refused, in whatever order and version")
    func both() {
        for version in ["1.0", "1.1"] {
            #expect(
                self.read("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n", version: version).status
                    == 400
            )
            #expect(
                self.read("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n", version: version).status
                    == 400
            )
            #expect(self.read("Content-Length: 5\r\nTransfer-Encoding: gzip", "", version: version).status == 400)
        }
        #expect(self.read("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked").status == 400)
        #expect(self.read("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked").status == 501)
        #expect(self.read("Transfer-Encoding: chunked", "0\r\n\r\n", version: "1.0").status == 400)
    }

    @Test("A body of a length ends there, and the next request begins")
    func length() throws {
        let reading = self.read("Content-Length: 5", "helloGET /2 HTTP/1.0\r\n\r\n")
        #expect(reading.end == .clean)
        #expect(reading.items.map(\.body) == [Array("hello".utf8), []])
        #expect(reading.items.map(\.target) == ["/", "/2"])
        #expect(self.read("Content-Length: 5", "hell").end == .unfinished)
        #expect(self.read("Content-Length: 0").items.first?.framing == BodyFraming.none)
    }

    @Test(
        "A chunked body is its chunks joined",
        arguments: [
            ("0\r\n\r\n", ""), ("5\r\nhello\r\n0\r\n\r\n", "hello"), ("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc"),
            ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"), ("a\r\n0123456789\r\n000\r\n\r\n", "0123456789"),
            ("000000000000005\r\nhello\r\n0\r\n\r\n", "hello"), ("1;a=b\r\nx\r\n0;c\r\n\r\n", "x"),
            ("1;a=\"b c\"\r\nx\r\n0\r\n\r\n", "x"), ("1 ; a\r\nx\r\n0\r\n\r\n", "x"),
            ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
            ("5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"), ("1;\r\nx\r\n0\r\n\r\n", "x"),
        ]
    )
    func chunked(text: String, body: String) throws {
        let reading = self.read("Transfer-Encoding: chunked", text + "GET /2 HTTP/1.0\r\n\r\n")
        #expect(reading.end == .clean)
        #expect(reading.items.map(\.body) == [Array(body.utf8), []])
    }

    @Test(
        "A chunk that is none is refused",
        arguments: [
            "\r\n", "g\r\n", "-1\r\n", "+1\r\nx\r\n", "0x1\r\nx\r\n", " 1\r\nx\r\n", "1 \r\nx\r\n", "1\t\r\nx\r\n",
            "1\nx\r\n", "1\r\nx\n", "1\r\nxx\r\n", "1\r\nx\r\r", "1\r\n\r\n1\r\n", "1x\r\nx\r\n", "1,1\r\nx\r\n",
            ";a\r\n", "1 a\r\nx\r\n", "1;\u{0}\r\nx\r\n", "1;a\rb\r\nx\r\n", "1;a\nx\r\n", "0000000000000001\r\nx\r\n",
            "ffffffffffffffff\r\n", "1_0\r\n", "1.\r\nx\r\n", "\u{661}\r\nx\r\n", "1\r\r\nx\r\n",
        ]
    )
    func malformedChunk(text: String) {
        #expect(self.read("Transfer-Encoding: chunked", text + "0\r\n\r\n").status == 400)
    }

    @Test("The body's limit holds to the byte, over all chunks", arguments: [-1, 0, 1])
    func limit(excess: Int) {
        let limits = Limits.changed { $0.body = 20 }
        let last = String(repeating: "b", count: 10 + excess)
        let text = """
            POST / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nPOST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r
            \r\na\r\naaaaaaaaaa\r\n\(String(last.count, radix: 16))\r\n\(last)\r\n0\r\n\r

            """
        let reading = RequestReading.everySplit(of: text, limits: limits)
        #expect(reading.status == (excess > 0 ? 413 : nil))
        #expect(reading.items.count == 2)
    }

    @Test("A size near the greatest number is over the limit, and overflows nothing")
    func hugeChunk() {
        #expect(self.read("Transfer-Encoding: chunked", "1\r\nx\r\nfffffffffffffff\r\n").status == 413)
    }

    @Test("A size line ends within 1,024 bytes")
    func sizeLine() {
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        for (length, status) in [(1020, nil), (1021, 400), (5000, 400)] as [(Int, Int?)] {
            let bytes = ByteBuffer(string: "\(head)1;\(String(repeating: "a", count: length))\r\nx\r\n0\r\n\r\n")
            #expect(RequestReading([bytes]).status == status)
            #expect(RequestReading(bytes.pieces(of: 1)).status == status)
        }
    }

    @Test("Many small chunks with long extensions are refused")
    func overhead() {
        let chunk = "1;\(String(repeating: "e", count: 900))\r\nx\r\n"
        let head = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        let few = RequestReading(head + String(repeating: chunk, count: 10) + "0\r\n\r\n")
        #expect(few.end == .clean)
        #expect(RequestReading(head + String(repeating: chunk, count: 40) + "0\r\n\r\n").status == 400)
    }
}
