// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Multipart parsing")
struct MultipartParserTests {
    static let end = "--x--\r\n"

    /// Bodies with the boundary `x`, and what is read of them: `name=content` or `name[filename]=content`.
    static let wellFormed: [(body: String, parts: [String])] = [
        (end, []),
        ("--x--", []),
        ("--x-- \t", []),
        ("--x-- \t\r\nepilogue\r\n--x\r\nmore", []),
        ("preamble\r\n--x--\r\n", []),
        ("--y--\r\nx--x\r\n--\r\n" + end, []),
        (part("form-data; name=\"a\"", "1") + end, ["a=1"]),
        ("\r\n" + part("form-data; name=\"a\"", "1") + end, ["a=1"]),
        ("pre\r\namble --x\r\n" + part("form-data; name=\"a\"", "1") + end, ["a=1"]),
        (part("form-data; name=\"a\"", "") + end, ["a="]),
        (part("form-data; name=\"a\"", "\r\n") + end, ["a=\r\n"]),
        (part("form-data; name=a", "1") + part("form-data; name=a", "2") + end, ["a=1", "a=2"]),
        ("--x \t \r\ncontent-disposition:form-data;name=a\r\n\r\n1\r\n--x--", ["a=1"]),
        // A part without a byte may share its empty line's end with the delimiter (RFC 2046, section 5.1.1).
        ("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n--x--", ["a="]),
        // What only looks like a delimiter.
        (
            part("form-data; name=a", "\r\n--\r\n--\r--x\n--x --x\r\r\n-x\r\n") + end,
            [
                "a=\r\n--\r\n--\r--x\n--x --x\r\r\n-x\r\n"
            ]
        ),
        (part("form-data; name=a", "\r\r\n") + end, ["a=\r\r\n"]),
        (part("form-data; name=a", "-\n--x--") + end, ["a=-\n--x--"]),
        // Names as browsers, curl and others escape them; control bytes they leave as they are.
        (part("form-data; name=\"a\0\u{3}\u{1F}b\"", "1") + end, ["a\0\u{3}\u{1F}b=1"]),
        (part("form-data; name=\"a%22b%0d%0Ac\"", "1") + end, ["a\"b\r\nc=1"]),
        (part("form-data; name=\"100%25%\"", "1") + end, ["100%25%=1"]),
        (part("form-data; name=\"\"", "1") + end, ["=1"]),
        (part("form-data; name=\"a\"; filename=\"say \\\"hi\\\".txt\"", "1") + end, ["a[say \"hi\".txt]=1"]),
        (part("form-data; name=\"a\"; filename=\"C:\\notes\\b.txt\"", "1") + end, ["a[C:\\notes\\b.txt]=1"]),
        (part("form-data; name=\"a\"; filename=\"日本 🙂.txt\"", "1") + end, ["a[日本 🙂.txt]=1"]),
        (part("form-data; filename=\"\"; name=\"a\"", "") + end, ["a[]="]),
        (part("form-data; name=a; filename=b; filename*=UTF-8''c", "1") + end, ["a[b]=1"]),
        (part("form-data; name=a; filename*=UTF-8''c", "1") + end, ["a=1"]),
        (part("form-data; name=a", "1", "Content-Transfer-Encoding: BINARY", "x-empty:") + end, ["a=1"]),
    ]

    @Test("A well-formed body is read to its parts", arguments: wellFormed.indices)
    func readsParts(index: Int) {
        let (body, parts) = Self.wellFormed[index]
        let transcript = MultipartParser.transcript(of: Bytes(body), pieces: .max)
        #expect(transcript.error == nil)
        #expect(Self.parts(of: transcript) == parts)
        Self.expectSame(transcript, for: Bytes(body))
    }

    /// Bodies with the boundary `x`, and a word of the error.
    static let malformed: [(body: String, word: String)] = [
        ("", "final boundary"),
        ("x", "final boundary"),
        ("--x", "final boundary"),
        ("--x-", "final boundary"),
        ("--x\r", "final boundary"),
        ("--x--\r", "final boundary"),
        ("--x\r\n", "final boundary"),
        ("--X--\r\n", "final boundary"),
        ("\n--x--\r\n", "final boundary"),
        (part("form-data; name=a", "1"), "final boundary"),
        (part("form-data; name=a", "1") + "--x", "final boundary"),
        ("--x\r\nContent-Disposition: form-data; name=a\r\n", "final boundary"),
        ("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", "final boundary"),
        ("--x\n", "line end"),
        ("--x\rx", "line end"),
        ("--xy\r\n", "line end"),
        ("--x-y", "line end"),
        ("--x --\r\n", "line end"),
        ("--x--y", "line end"),
        ("--x--\n", "line end"),
        (part("form-data; name=a", "1") + "--xy\r\n", "line end"),
        ("--x\r\nContent-Disposition: form-data; name=a\n\n1\r\n" + end, "LF alone"),
        ("--x\r\nContent-Disposition: form-data; name=a\r\n\n1\r\n" + end, "LF alone"),
        ("--x\r\n\r\n1\r\n" + end, "Content-Disposition"),
        ("--x\r\nContent-Type: text/plain\r\n\r\n1\r\n" + end, "Content-Disposition"),
        (part("form-data; name=a", "1", "content-disposition: form-data; name=b") + end, "Content-Disposition"),
        (part("form-data; name=\"a\"b\"", "1") + end, "Content-Disposition"),
        (part("form-data; name=\"a", "1") + end, "Content-Disposition"),
        (part("form-data; name=a; name=b", "1") + end, "Content-Disposition"),
        (part("form-data; name=a; filename=b; FILENAME=c", "1") + end, "Content-Disposition"),
        (part("form-data", "1") + end, "with a name"),
        (part("form-data; filename=a", "1") + end, "with a name"),
        (part("attachment; name=a", "1") + end, "with a name"),
        (part("form-data; name=a", "1", "Content-Transfer-Encoding: base64") + end, "Transfer-Encoding"),
        (part("form-data;\r\n name=a", "1") + end, "name, a colon"),
        (part("form-data; name=a", "1", "x y: 1") + end, "name, a colon"),
        (part("form-data; name=a", "1", "x : 1") + end, "name, a colon"),
        (part("form-data; name=a", "1", ": 1") + end, "name, a colon"),
        (part("form-data; name=a", "1", "x") + end, "name, a colon"),
        (part("form-data; name=a", "1", "x: a\rb") + end, "has a CR"),
        (part("form-data; name=a", "1", "x: a\r") + end, "has a CR"),
    ]

    @Test("A malformed body answers 400 and says why", arguments: malformed.indices)
    func refuses(index: Int) throws {
        let (body, word) = Self.malformed[index]
        let transcript = MultipartParser.transcript(of: Bytes(body), pieces: .max)
        let error = try #require(transcript.error)
        #expect(error.starts(with: "400"))
        #expect(error.contains(word))
        Self.expectSame(transcript, for: Bytes(body))
    }

    @Test("An error is given again each time")
    func staysFailed() {
        var parser = MultipartParser(boundary: "x")
        parser.append("--x\n")
        #expect(throws: HTTPError.self) { try parser.next() }
        parser.append("\r\n--x--\r\n")
        #expect(throws: HTTPError.self) { try parser.next() }
    }

    @Test("Content comes out as it arrives, but for what may be a delimiter's beginning")
    func doesNotHoldContentBack() throws {
        var parser = MultipartParser(boundary: "x")
        parser.append(Bytes("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n"))
        guard case .part = try parser.next() else { throw HTTPError(.badRequest) }
        for run in ["one", "two", "three\r\r"] as [Bytes] {
            parser.append(run)
            #expect(try parser.next() == .bytes(run == "three\r\r" ? "three\r" : run))
            #expect(try parser.next() == nil)
        }
        parser.append("\n--")
        #expect(try parser.next() == nil)
        parser.append("y")
        #expect(try parser.next() == .bytes("\r\n--y"))
    }

    /// The parts read, joined: `name=content`.
    static func parts(of transcript: MultipartParser.Transcript) -> [String] {
        var parts: [String] = []
        for event in transcript.events {
            switch event {
            case .part(let head): parts.append(head.name + (head.filename.map { "[\($0)]" } ?? "") + "=")
            case .bytes(let bytes): parts[parts.count - 1] += String(decoding: bytes, as: UTF8.self)
            case .partEnd, .end: break
            }
        }
        return parts
    }

    /// However a body is split, the same must come of it.
    static func expectSame(_ transcript: MultipartParser.Transcript, for body: Bytes) {
        for length in 1..<max(body.count, 2) {
            #expect(MultipartParser.transcript(of: body, pieces: length) == transcript, "in pieces of \(length)")
        }
    }
}
