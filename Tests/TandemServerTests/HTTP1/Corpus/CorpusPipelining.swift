// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

private let evil = "GET /evil HTTP/1.1\r\nHost: evil\r\n\r\n"

/// Requests sent before the last is answered (RFC 9112, section 9.3.2).
let pipeliningCases: [CorpusCase] = [
    CorpusCase("two requests", get() + get(), .ok("GET /", "GET /")),
    CorpusCase(
        "twenty requests",
        String(repeating: get(), count: 20),
        CorpusCase.Expected(answers: Array(repeating: "GET /", count: 20), closes: false)
    ),
    CorpusCase(
        "different targets come in order",
        start("GET /1 HTTP/1.1") + start("GET /2 HTTP/1.1") + start("GET /3 HTTP/1.1"),
        .ok("GET /1", "GET /2", "GET /3")
    ),
    CorpusCase(
        "bodies between",
        post("Content-Length: 3", body: "abc") + get() + chunked("1\r\nd\r\n0\r\n\r\n") + get(),
        .ok("POST / abc", "GET /", "POST / d", "GET /")
    ),
    CorpusCase(
        "HEAD between",
        get() + start("HEAD / HTTP/1.1") + get() + start("HEAD /a HTTP/1.1"),
        .ok("GET /", "HEAD /", "GET /", "HEAD /a")
    ),
    CorpusCase("an empty line between", get() + "\r\n" + get(), .ok("GET /", "GET /")),
    CorpusCase(
        "a line end too many after a body",
        post("Content-Length: 3", body: "abc\r\n") + get(),
        .ok("POST / abc", "GET /")
    ),
    CorpusCase("an empty line after all", get() + "\r\n", .ok("GET /")),
    CorpusCase(
        "a body one byte longer than its length",
        post("Content-Length: 3", body: "abcd") + get(),
        .ok("POST / abc", "dGET /")
    ),
    CorpusCase("a bad request after a good one", get() + "BAD\r\n\r\n", .refused(400, after: "GET /")),
    CorpusCase(
        "a bad request between good ones",
        get() + start("GET / HTTP/9.9") + get(),
        .refused(505, after: "GET /")
    ),
    CorpusCase(
        "a bad chunk after a good request",
        get() + chunked("z\r\n") + get(),
        .refused(400, after: "GET /")
    ),
    CorpusCase(
        "a request without Host after one with it",
        get() + "GET / HTTP/1.1\r\n\r\n",
        .refused(400, after: "GET /")
    ),
    CorpusCase(
        "versions mixed",
        get() + "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + get(),
        .ok("GET /", "GET /", "GET /")
    ),
    CorpusCase("HTTP/1.0 ends it", get() + "GET /a HTTP/1.0\r\n\r\n" + get(), .closing("GET /", "GET /a")),
    CorpusCase(
        "a smuggler's body is a body",
        post("Content-Length: \(evil.utf8.count)", body: evil) + get(),
        .ok("POST / \(evil)", "GET /")
    ),
    CorpusCase(
        "a smuggler's chunk is a body",
        chunked("\(String(evil.utf8.count, radix: 16))\r\n\(evil)\r\n0\r\n\r\n") + get(),
        .ok("POST / \(evil)", "GET /")
    ),
    CorpusCase(
        "OPTIONS, PUT and DELETE",
        start("OPTIONS * HTTP/1.1")
            + "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nb" + start("DELETE /a HTTP/1.1"),
        .ok("OPTIONS *", "PUT /a b", "DELETE /a")
    ),
]
