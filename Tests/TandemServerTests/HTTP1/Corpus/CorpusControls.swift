// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Every control byte where one may be tried: none is let through but a TAB in a value.
let controlCases: [CorpusCase] = (Array(0...0x1F) + [0x7F]).flatMap { (control: UInt8) in
    let byte = String(UnicodeScalar(control))
    let name = "the byte \(control)"
    var cases = [
        CorpusCase("\(name) in a method", start("G\(byte)T / HTTP/1.1"), .refused(400)),
        CorpusCase("\(name) in a target", start("GET /a\(byte)b HTTP/1.1"), .refused(400)),
        CorpusCase("\(name) in a version", start("GET / HTTP\(byte)/1.1"), .refused(400)),
        CorpusCase("\(name) in a name", get("x\(byte)y: a"), .refused(400)),
        CorpusCase("\(name) in a host", "GET / HTTP/1.1\r\nHost: h\(byte)h\r\n\r\n", .refused(400)),
        CorpusCase("\(name) in a length", post("Content-Length: \(byte)5\(byte)5", body: "hello"), .refused(400)),
    ]
    if control != 0x09 {
        cases.append(CorpusCase("\(name) in a value", get("x: a\(byte)b"), .refused(400)))
        cases.append(
            CorpusCase("\(name) in a chunk extension", chunked("1;a\(byte)b\r\nx\r\n0\r\n\r\n"), .refused(400))
        )
        cases.append(CorpusCase("\(name) in a trailer", chunked("0\r\nx: a\(byte)b\r\n\r\n"), .refused(400)))
    }
    return cases
}
