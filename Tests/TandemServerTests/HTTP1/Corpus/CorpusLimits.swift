// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

private func target(lineOf count: Int) -> String {
    "/\(String(repeating: "a", count: count - "GET / HTTP/1.1".utf8.count))"
}

/// A request whose fields are `count` bytes long.
private func fields(of count: Int) -> String {
    get("a: \(String(repeating: "b", count: count - "Host: h\r\na: \r\n".utf8.count))")
}

private func trailers(of count: Int) -> String {
    chunked("0\r\na: \(String(repeating: "b", count: count - "a: \r\n".utf8.count))\r\n\r\n")
}

private let twenty = String(repeating: "b", count: 20)

/// Each limit, at its edge and beyond.
let limitCases: [CorpusCase] = [
    CorpusCase(
        "a request line at the limit",
        start("GET \(target(lineOf: 100)) HTTP/1.1"),
        .ok("GET \(target(lineOf: 100))")
    ),
    CorpusCase("a request line beyond the limit", start("GET \(target(lineOf: 101)) HTTP/1.1"), .refused(414)),
    CorpusCase("a request line two beyond the limit", start("GET \(target(lineOf: 102)) HTTP/1.1"), .refused(414)),
    CorpusCase("a request line far beyond the limit", start("GET \(target(lineOf: 300)) HTTP/1.1"), .refused(414)),
    CorpusCase("a request line without an end", "GET /\(String(repeating: "a", count: 200))", .refused(414)),
    CorpusCase("a method without an end", String(repeating: "A", count: 200), .refused(414)),
    CorpusCase(
        "a bad request line beyond the limit is told by what comes first",
        start("GET /\u{1}\(target(lineOf: 200)) HTTP/1.1"),
        .refused(400)
    ),
    CorpusCase("fields at the limit", fields(of: 200), .ok("GET /")),
    CorpusCase("fields one byte beyond the limit", fields(of: 201), .refused(431)),
    CorpusCase("fields two bytes beyond the limit", fields(of: 202), .refused(431)),
    CorpusCase("fields far beyond the limit", fields(of: 400), .refused(431)),
    CorpusCase("a field without an end", "GET / HTTP/1.1\r\na: \(String(repeating: "b", count: 300))", .refused(431)),
    CorpusCase("a name without an end", "GET / HTTP/1.1\r\n\(String(repeating: "b", count: 300))", .refused(431)),
    CorpusCase("as many fields as the limit", get("a:", "a:", "a:", "a:", "a:"), .ok("GET /")),
    CorpusCase("one field beyond the limit", get("a:", "a:", "a:", "a:", "a:", "a:"), .refused(431)),
    CorpusCase("a body at the limit", post("Content-Length: 20", body: twenty), .ok("POST / \(twenty)")),
    CorpusCase("a body beyond the limit", post("Content-Length: 21", body: twenty + "b"), .refused(413)),
    CorpusCase(
        "a body far beyond the limit, announced alone",
        post("Content-Length: 9999999", body: ""),
        .refused(413)
    ),
    CorpusCase(
        "a body beyond the limit after 100-continue",
        post("Expect: 100-continue", "Content-Length: 21", body: ""),
        .refused(413)
    ),
    CorpusCase(
        "a body beyond the limit, and a request behind it",
        post("Content-Length: 21", body: twenty + "b") + get(),
        .refused(413)
    ),
    CorpusCase(
        "HEAD with a body beyond the limit",
        "HEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: 21\r\n\r\n",
        .refused(413)
    ),
    CorpusCase("a chunk at the limit", chunked("14\r\n\(twenty)\r\n0\r\n\r\n"), .ok("POST / \(twenty)")),
    CorpusCase("a chunk beyond the limit", chunked("15\r\n\(twenty)b\r\n0\r\n\r\n"), .refused(413)),
    CorpusCase("chunks beyond the limit", chunked("14\r\n\(twenty)\r\n1\r\nb\r\n0\r\n\r\n"), .refused(413)),
    CorpusCase(
        "trailers at the limit",
        trailers(of: 200),
        .ok("POST / a=\(String(repeating: "b", count: 200 - "a: \r\n".utf8.count))")
    ),
    CorpusCase("trailers beyond the limit", trailers(of: 201), .refused(431)),
    CorpusCase("a trailer without an end", chunked("0\r\n\(String(repeating: "b", count: 300))"), .refused(431)),
    CorpusCase(
        "as many trailers as the limit",
        chunked("0\r\n\(String(repeating: "a:b\r\n", count: 6))\r\n"),
        .ok("POST / a=b a=b a=b a=b a=b a=b")
    ),
    CorpusCase(
        "one trailer beyond the limit",
        chunked("0\r\n\(String(repeating: "a:b\r\n", count: 7))\r\n"),
        .refused(431)
    ),
    CorpusCase(
        "a limit is each request's own",
        fields(of: 200) + fields(of: 200) + fields(of: 201),
        .refused(431, after: "GET /", "GET /")
    ),
].map { $0.with(.limited) }
