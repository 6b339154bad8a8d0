// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemFuzzing
import TandemHTTP
import Testing

struct HeaderLineTests {
    private func read(_ lines: String, limits: Limits = Limits()) -> RequestReading {
        RequestReading.everySplit(of: "GET / HTTP/1.1\r\nHost: h\r\n\(lines)\r\n\r\n", limits: limits)
    }

    @Test(
        "A header line that is none is refused",
        arguments: [
            "a : b", "a\t: b", " a: b", "\ta: b", ": b", "a", "a b: c", "a\u{0}: b", "a\u{E9}: b", "a(: b", "a: b\n",
            "a: b\rc", "a: b\r", "a: \u{0}", "a: b\u{7F}c", "a: b\u{1}", "a: b\u{1F}c", "a: b\nc: d", "a: b\r\n c",
            "a: b\r\n\tc", "a: b\r\n ", "\"a\": b", "a,b: c", "a@b: c", "a/b: c", "{a}: b", "a=: b", "[a]: b",
        ]
    )
    func refused(line: String) {
        #expect(self.read(line).status == 400)
    }

    @Test("A control byte at any place of a value of any length is refused", arguments: 0...24)
    func controls(length: Int) {
        let controls = (0x00...0x1F).map(UInt8.init) + [0x7F]
        for control in controls where control != 0x09 && control != 0x0D && control != 0x0A {
            for place in 0..<length {
                var value = Array(repeating: UInt8(ascii: "v"), count: length)
                value[place] = control
                let text = "GET / HTTP/1.0\r\na: \(String(decoding: value, as: UTF8.self))\r\n\r\n"
                #expect(RequestReading(text).status == 400, "\(control) at \(place)")
            }
        }
    }

    @Test(
        "A value keeps what may stand in it, without the white space around it",
        arguments: [
            ("a:b", "b"), ("a:   b  ", "b"), ("a:\t b\t", "b"), ("a:", ""), ("a:   ", ""), ("a: b\tc  d", "b\tc  d"),
            ("a: \u{E9}\u{20AC}", "\u{E9}\u{20AC}"), ("a: ::", "::"), ("a: \"x, y\"", "\"x, y\""),
            ("a: 12345678901234567890", "12345678901234567890"),
        ]
    )
    func value(line: String, value: String) throws {
        let reading = self.read(line)
        let item = try #require(reading.items.first)
        let headers = Headers(lines: ByteBuffer(string: item.lines))
        #expect(headers["A"] == value)
        #expect(headers.map(\.name) == ["Host", "a"])
    }

    @Test("The limit on the bytes of the fields holds to the byte", arguments: [-1, 0, 1, 2, 3, 90])
    func bytesLimit(excess: Int) {
        let limits = Limits.changed { $0.headerBytes = 64 }
        let line = "a: \(String(repeating: "b", count: 64 - "Host: h\r\na: \r\n".utf8.count + excess))"
        #expect(self.read(line, limits: limits).status == (excess > 0 ? 431 : nil))
    }

    @Test("The limit on the number of fields holds to the field", arguments: [-1, 0, 1, 2, 30])
    func countLimit(excess: Int) {
        let limits = Limits.changed { $0.headerCount = 5 }
        let lines = Array(repeating: "a:", count: 5 - 1 + excess).joined(separator: "\r\n")
        #expect(self.read(lines, limits: limits).status == (excess > 0 ? 431 : nil))
    }

    @Test(
        "Host is one host with an optional port",
        arguments: [
            ("h", true), ("H.example", true), ("h:", true), ("h:80", true), ("", true), ("127.0.0.1:1", true),
            ("[::1]", true), ("[2001:db8::1.2.3.4]:443", true), ("a_b~c", true), ("%41", true), ("a;b=c", true),
            ("a b", false), ("a,b", false), ("a/b", false), ("u@h", false), ("h:80:80", false), ("h:a", false),
            ("h:-1", false), ("[::1", false), ("::1", false), ("[]", false), ("[g::]", false), ("[::1]x", false),
            ("[::1]:x", false), ("a[b]", false), ("%", false), ("%4", false), ("%zz", false), ("a\"b", false),
            ("h?x", false), ("h#x", false), ("h\\x", false), ("http://h", false), ("\u{E9}", false),
        ]
    )
    func host(value: String, isValid: Bool) {
        let reading = RequestReading.everySplit(of: "GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n")
        #expect(reading.status == (isValid ? nil : 400))
    }

    @Test("Host is there once, but in HTTP/1.0 need not be")
    func hostCount() {
        #expect(RequestReading.everySplit(of: "GET / HTTP/1.1\r\n\r\n").status == 400)
        #expect(RequestReading.everySplit(of: "GET http://h/ HTTP/1.1\r\n\r\n").status == 400)
        #expect(RequestReading.everySplit(of: "GET / HTTP/1.0\r\n\r\n").status == nil)
        #expect(self.read("Host: h").status == 400)
        #expect(self.read("hOST: other").status == 400)
        #expect(RequestReading.everySplit(of: "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n").status == 400)
    }

    @Test(
        "Whether the connection is kept follows the version and the Connection field",
        arguments: [
            ("1.1", "", true), ("1.1", "Connection: close\r\n", false), ("1.1", "Connection: a, CLOSE ,b\r\n", false),
            ("1.1", "Connection: keep-alive\r\n", true), ("1.0", "", false), ("1.1", "Connection: closed\r\n", true),
            ("1.0", "Connection: Keep-Alive\r\n", true), ("1.0", "Connection: keep-alive, close\r\n", false),
            ("1.1", "Connection: keep-alive\r\nConnection: close\r\n", false), ("1.0", "Connection: close\r\n", false),
            ("1.1", "Connection: ,,\t, close\r\n", false), ("1.1", "Connection:\r\n", true),
        ]
    )
    func keepAlive(version: String, lines: String, isKept: Bool) throws {
        let reading = RequestReading.everySplit(of: "GET / HTTP/\(version)\r\nHost: h\r\n\(lines)\r\n")
        #expect(try #require(reading.items.first).keepsAlive == isKept)
    }

    @Test("100-continue is the only expectation, and HTTP/1.0 has none")
    func expect() throws {
        #expect(try #require(self.read("Expect: 100-Continue").items.first).expectsContinue)
        #expect(self.read("Expect: 200-ok").status == 417)
        #expect(self.read("Expect:").status == 417)
        let old = RequestReading.everySplit(of: "GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")
        #expect(try #require(old.items.first).expectsContinue == false)
    }

    @Test("An upgrade is asked for by both of its fields")
    func upgrade() throws {
        let both = self.read("Connection: keep-alive, Upgrade\r\nUpgrade: websocket")
        #expect(try #require(both.items.first).asksUpgrade)
        #expect(try #require(self.read("Upgrade: websocket").items.first).asksUpgrade == false)
        #expect(try #require(self.read("Connection: upgrade").items.first).asksUpgrade == false)
    }
}
