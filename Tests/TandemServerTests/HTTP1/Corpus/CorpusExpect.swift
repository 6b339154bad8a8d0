// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Expectations (RFC 9110, section 10.1.1); what comes before an answer is not compared here.
let expectCases: [CorpusCase] = [
    CorpusCase(
        "100-continue",
        post("Expect: 100-continue", "Content-Length: 5", body: "hello"),
        .ok("POST / hello")
    ),
    CorpusCase(
        "100-continue in capitals",
        post("EXPECT: 100-CONTINUE", "Content-Length: 5", body: "hello"),
        .ok("POST / hello")
    ),
    CorpusCase(
        "100-continue with chunks",
        post("Expect: 100-continue", "Transfer-Encoding: chunked", body: "1\r\na\r\n0\r\n\r\n"),
        .ok("POST / a")
    ),
    CorpusCase("100-continue without a body", get("Expect: 100-continue"), .ok("GET /")),
    CorpusCase(
        "100-continue with an empty body",
        post("Expect: 100-continue", "Content-Length: 0", body: ""),
        .ok("POST /")
    ),
    CorpusCase(
        "100-continue twice",
        post("Expect: 100-continue", "Expect: 100-continue", "Content-Length: 1", body: "a"),
        .ok("POST / a")
    ),
    CorpusCase(
        "100-continue over HTTP/1.0",
        "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\na",
        .closing("POST / a")
    ),
    CorpusCase("another expectation", get("Expect: 200-ok"), .refused(417)),
    CorpusCase("100-continue and another", get("Expect: 100-continue, x"), .refused(417)),
    CorpusCase("100-continue with a parameter", get("Expect: 100-continue;a=b"), .refused(417)),
    CorpusCase("an empty expectation (stricter)", get("Expect:"), .refused(417)),
    CorpusCase("another expectation on a second line", get("Expect: 100-continue", "Expect: x"), .refused(417)),
    CorpusCase(
        "another expectation, and its body",
        post("Expect: x", "Content-Length: 5", body: "hello") + get(),
        .refused(417)
    ),
]
