// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP
import Testing

struct HeadersTests {
    @Test("Names are compared without regard to case, and nothing else of them")
    func names() {
        let headers: Headers = ["Content-Type": "a", "x-A": "b", "[": "c"]
        #expect(headers["content-type"] == "a")
        #expect(headers["CONTENT-TYPE"] == "a")
        #expect(headers["X-a"] == "b")
        #expect(headers["content-typ"] == nil)
        #expect(headers["content-types"] == nil)
        #expect(headers["{"] == nil)
        #expect(headers.contains("cOnTent-tYpe"))
        #expect(!headers.contains(""))
    }

    @Test("A value is compared without regard to case, in the first field of its name, without the space around it")
    func values() {
        let lines = "content-typ: a/b\r\ncontent-type2: a/b\r\nCONTENT-type: \t A/b \r\ncontent-type: c\r\nx:\r\n"
        let headers = Headers(lines: ByteBuffer(string: lines))
        #expect(headers.has("content-type", "a/b"))
        #expect(headers.has("Content-Type", "a/b"))
        #expect(!headers.has("content-type", "a/bc"))
        #expect(!headers.has("content-type", "a/"))
        #expect(!headers.has("content-type", "c"))
        #expect(!headers.has("content", "a/b"))
        #expect(!headers.has("type", "a/b"))
        #expect(headers.has("x", ""))
        #expect(headers["x"] == "")
        #expect(headers["content-typ"] == "a/b")
        #expect(headers["a/b"] == nil)
    }

    @Test("A field that is there twice gives its first value, and all in order")
    func repeated() {
        var headers: Headers = ["a": "1", "b": "2", "A": "3"]
        #expect(headers["a"] == "1")
        #expect(headers.all("a") == ["1", "3"])
        headers["a"] = "4"
        #expect(headers.all("A") == ["4"])
        #expect(headers.map(\.name) == ["b", "a"])
        headers["b"] = nil
        #expect(headers.map(\.name) == ["a"])
        headers.remove("nothing")
        #expect(headers.map(\.value) == ["4"])
    }

    @Test(
        "The members of a list are split at commas outside quotes, over all lines",
        arguments: [
            (["a, b"], ["a", "b"]), (["a,,b,", " "], ["a", "b"]), (["a", "b, c"], ["a", "b", "c"]),
            (["\"a, b\", c"], ["\"a, b\"", "c"]), (["\"a\\\", b\", c"], ["\"a\\\", b\"", "c"]), ([""], []),
            (["\"a, b"], ["\"a, b"]), (["a;q=\"x,y\" ,\tb"], ["a;q=\"x,y\"", "b"]),
        ]
    )
    func list(lines: [String], members: [String]) {
        var headers = Headers()
        for line in lines { headers.add("accept", line) }
        #expect(headers.list("Accept").map(String.init) == members)
    }

    @Test("A name that is no token is not added", arguments: ["", " ", "a b", "a:", "a\r\nb", "\u{E9}", "a\u{0}"])
    func badName(name: String) {
        var headers = Headers()
        headers.add(name, "x")
        headers[name] = "y"
        #expect(headers.isEmpty)
    }

    @Test("What may not stand in a value becomes a space", arguments: [0x00, 0x01, 0x0A, 0x0D, 0x1F, 0x7F] as [UInt8])
    func control(byte: UInt8) {
        var headers = Headers()
        headers.add("a", "b\(Character(Unicode.Scalar(byte)))c")
        #expect(headers["a"] == "b c")
        #expect(Array(headers.lines.readableBytesView) == Array("a: b c\r\n".utf8))
    }

    @Test("A TAB and what is beyond ASCII stay in a value")
    func text() {
        let headers: Headers = ["a": "b\tc", "d": "\u{E9}\u{1F30D}"]
        #expect(headers["a"] == "b\tc")
        #expect(headers["d"] == "\u{E9}\u{1F30D}")
    }

    @Test("Removing a field leaves the bytes of others, which may be no UTF-8, as they are")
    func otherBytes() {
        let kept: [UInt8] = Array("a: ".utf8) + [0xE9, 0xFF] + Array("\r\n".utf8)
        var headers = Headers(lines: ByteBuffer(bytes: kept + Array("b: c\r\n".utf8)))
        headers.remove("b")
        #expect(Array(headers.lines.readableBytesView) == kept)
    }

    @Test("Headers are equal where their fields are, in order")
    func equality() {
        #expect(["a": "b", "c": "d"] as Headers == ["a": "b", "c": "d"])
        #expect(["a": "b", "c": "d"] as Headers != ["c": "d", "a": "b"])
        #expect([:] as Headers == Headers())
    }

    @Test("A description has the names and no value")
    func description() {
        #expect(String(describing: ["Authorization": "secret", "a": "b"] as Headers) == "Authorization, a")
    }
}
