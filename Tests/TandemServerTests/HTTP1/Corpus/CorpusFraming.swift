// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Which framing a request has (RFC 9112, section 6): where smuggling begins.
let framingCases: [CorpusCase] = [
    CorpusCase("a body of a length", post("Content-Length: 5", body: "hello"), .ok("POST / hello")),
    CorpusCase("a body of no length", post("Content-Length: 0", body: ""), .ok("POST /")),
    CorpusCase("POST without a body", post(body: ""), .ok("POST /")),
    CorpusCase("GET with a body", get("Content-Length: 5") + "hello", .ok("GET / hello")),
    CorpusCase("a length with zeros before", post("Content-Length: 0005", body: "hello"), .ok("POST / hello")),
    CorpusCase("a length with white space around", post("Content-Length:  5\t", body: "hello"), .ok("POST / hello")),
    CorpusCase(
        "a body that looks like a request",
        post("Content-Length: 18", body: "GET / HTTP/1.0\r\n\r\n"),
        .ok("POST / GET / HTTP/1.0\r\n\r\n")
    ),
    CorpusCase("a body of chunks", chunked("5\r\nhello\r\n0\r\n\r\n"), .ok("POST / hello")),
    CorpusCase(
        "chunked in capitals",
        post("TRANSFER-ENCODING: CHUNKED", body: "0\r\n\r\n"),
        .ok("POST /")
    ),
    CorpusCase(
        "chunked with white space around",
        post("Transfer-Encoding: \t chunked \t", body: "0\r\n\r\n"),
        .ok("POST /")
    ),
    CorpusCase(
        "chunked with an empty member beside",
        post("Transfer-Encoding: , chunked,", body: "0\r\n\r\n"),
        .ok("POST /")
    ),
    CorpusCase(
        "length and chunks, length first (stricter: section 6.1 lets it pass)",
        post("Content-Length: 5", "Transfer-Encoding: chunked", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase(
        "length and chunks, chunks first (stricter)",
        post("Transfer-Encoding: chunked", "Content-Length: 5", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase(
        "length and chunks, and a request smuggled by the length",
        post(
            "Content-Length: 6",
            "Transfer-Encoding: chunked",
            body: "0\r\n\r\nGGET /evil HTTP/1.1\r\nHost: h\r\n\r\n"
        ),
        .refused(400)
    ),
    CorpusCase(
        "length and an unknown coding",
        post("Content-Length: 5", "Transfer-Encoding: gzip", body: "hello"),
        .refused(400)
    ),
    CorpusCase(
        "a length of zero and chunks",
        post("Content-Length: 0", "Transfer-Encoding: chunked", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase(
        "two lengths that differ",
        post("Content-Length: 5", "Content-Length: 6", body: "hello!"),
        .refused(400)
    ),
    CorpusCase(
        "two lengths that agree (stricter)",
        post("Content-Length: 5", "Content-Length: 5", body: "hello"),
        .refused(400)
    ),
    CorpusCase(
        "two lengths in one field that agree (stricter)",
        post("Content-Length: 5, 5", body: "hello"),
        .refused(400)
    ),
    CorpusCase("two lengths in one field", post("Content-Length: 5,6", body: "hello!"), .refused(400)),
    CorpusCase("a length with a plus sign", post("Content-Length: +5", body: "hello"), .refused(400)),
    CorpusCase("a negative length", post("Content-Length: -5", body: "hello"), .refused(400)),
    CorpusCase("a length of minus zero", post("Content-Length: -0", body: ""), .refused(400)),
    CorpusCase("a length in hex", post("Content-Length: 0x5", body: "hello"), .refused(400)),
    CorpusCase("a length with a fraction", post("Content-Length: 5.0", body: "hello"), .refused(400)),
    CorpusCase("a length with an exponent", post("Content-Length: 5e0", body: "hello"), .refused(400)),
    CorpusCase("a length with a unit", post("Content-Length: 5b", body: "hello"), .refused(400)),
    CorpusCase("a length of two numbers", post("Content-Length: 5 5", body: "hello"), .refused(400)),
    CorpusCase("a length with an underscore", post("Content-Length: 1_0", body: "0123456789"), .refused(400)),
    CorpusCase("a length in quotes", post("Content-Length: \"5\"", body: "hello"), .refused(400)),
    CorpusCase("a length with a semicolon", post("Content-Length: 5;", body: "hello"), .refused(400)),
    CorpusCase("an empty length", post("Content-Length:", body: ""), .refused(400)),
    CorpusCase("a length of white space", post("Content-Length:  ", body: ""), .refused(400)),
    CorpusCase("a length of letters", post("Content-Length: five", body: "hello"), .refused(400)),
    CorpusCase("a length of digits beyond ASCII", post("Content-Length: \u{D9}\u{A5}", body: "hello"), .refused(400)),
    CorpusCase("a length beyond 64 bits", post("Content-Length: 18446744073709551621", body: "hello"), .refused(413)),
    CorpusCase(
        "a length of forty digits",
        post("Content-Length: \(String(repeating: "9", count: 40))", body: "hello"),
        .refused(413)
    ),
    CorpusCase("a length on a folded line", post("Content-Length:\r\n 5", body: "hello"), .refused(400)),
    CorpusCase("a space before the colon of a length", post("Content-Length : 5", body: "hello"), .refused(400)),
    CorpusCase("a coding nobody knows", post("Transfer-Encoding: x", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase("gzip alone", post("Transfer-Encoding: gzip", body: "hello"), .refused(501)),
    CorpusCase("gzip before chunked", post("Transfer-Encoding: gzip, chunked", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase(
        "gzip before chunked on two lines",
        post("Transfer-Encoding: gzip", "Transfer-Encoding: chunked", body: "0\r\n\r\n"),
        .refused(501)
    ),
    CorpusCase("identity", post("Transfer-Encoding: identity", body: "hello"), .refused(501)),
    CorpusCase(
        "identity before chunked",
        post("Transfer-Encoding: identity, chunked", body: "0\r\n\r\n"),
        .refused(501)
    ),
    CorpusCase("chunked before gzip", post("Transfer-Encoding: chunked, gzip", body: "0\r\n\r\n"), .refused(400)),
    CorpusCase(
        "chunked before identity",
        post("Transfer-Encoding: chunked, identity", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase("chunked twice", post("Transfer-Encoding: chunked, chunked", body: "0\r\n\r\n"), .refused(400)),
    CorpusCase(
        "chunked on two lines",
        post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase(
        "chunked and a second coding hidden on a line of its own",
        post("Transfer-Encoding: chunked", "Transfer-Encoding: x", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase("xchunked", post("Transfer-Encoding: xchunked", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase("chunkedx", post("Transfer-Encoding: chunkedx", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase("chunked in quotes", post("Transfer-Encoding: \"chunked\"", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase("chunked with a parameter", post("Transfer-Encoding: chunked;a=b", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase("chunked and a word", post("Transfer-Encoding: chunked x", body: "0\r\n\r\n"), .refused(501)),
    CorpusCase("an empty coding", post("Transfer-Encoding:", body: "0\r\n\r\n"), .refused(400)),
    CorpusCase("a coding of commas", post("Transfer-Encoding: ,", body: "0\r\n\r\n"), .refused(400)),
    CorpusCase("a coding on a folded line", post("Transfer-Encoding:\r\n chunked", body: "0\r\n\r\n"), .refused(400)),
    CorpusCase(
        "a space before the colon of a coding",
        post("Transfer-Encoding : chunked", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase(
        "a coding with a vertical tab before",
        post("Transfer-Encoding: \u{B}chunked", body: "0\r\n\r\n"),
        .refused(400)
    ),
    CorpusCase(
        "a name like Transfer-Encoding is another field",
        post("Transfer_Encoding: chunked", body: ""),
        .ok("POST /")
    ),
    CorpusCase(
        "chunks over HTTP/1.0",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        .refused(400)
    ),
    CorpusCase(
        "length and chunks over HTTP/1.0",
        "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
        .refused(400)
    ),
    CorpusCase(
        "GET with chunks and a request behind them",
        get("Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n" + get(),
        .ok("GET / abc", "GET /")
    ),
    CorpusCase(
        "HEAD with a body and a request behind it",
        "HEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc" + get(),
        .ok("HEAD / abc", "GET /")
    ),
]
