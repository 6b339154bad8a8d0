// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How long a connection is kept (RFC 9112, section 9.3).
let connectionCases: [CorpusCase] = [
    CorpusCase("a client that wants to close", get("Connection: close"), .closing("GET /")),
    CorpusCase("close in capitals", get("Connection: CLOSE"), .closing("GET /")),
    CorpusCase("close in a list", get("Connection: te, close"), .closing("GET /")),
    CorpusCase("close on a second line", get("Connection: te", "Connection: close"), .closing("GET /")),
    CorpusCase("close and keep-alive", get("Connection: keep-alive, close"), .closing("GET /")),
    CorpusCase("a list of empty members", get("Connection: ,,close,"), .closing("GET /")),
    CorpusCase("a word like close", get("Connection: closed"), .ok("GET /")),
    CorpusCase("an empty Connection", get("Connection:"), .ok("GET /")),
    CorpusCase("keep-alive, which is the default", get("Connection: keep-alive"), .ok("GET /")),
    CorpusCase("a connection option of a field's name", get("Connection: host"), .ok("GET /")),
    CorpusCase(
        "keep-alive over HTTP/1.0",
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
        .ok("GET /")
    ),
    CorpusCase(
        "keep-alive in capitals over HTTP/1.0",
        "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
        .ok("GET /")
    ),
    CorpusCase(
        "keep-alive over HTTP/1.0 twice",
        String(repeating: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", count: 2),
        .ok("GET /", "GET /")
    ),
    CorpusCase(
        "keep-alive and close over HTTP/1.0",
        "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
        .closing("GET /")
    ),
    CorpusCase("nothing said over HTTP/1.0", "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n", .closing("GET /")),
    CorpusCase(
        "a body over HTTP/1.0",
        "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello",
        .closing("POST / hello")
    ),
    CorpusCase(
        "a body over HTTP/1.0 without its length is none",
        "POST / HTTP/1.0\r\n\r\nhello",
        .closing("POST /")
    ),
    CorpusCase("what comes after a close is not answered", get("Connection: close") + get(), .closing("GET /")),
    CorpusCase(
        "garbage after a close is not looked at",
        get("Connection: close") + "\u{0}\u{1}\u{2}",
        .closing("GET /")
    ),
    CorpusCase("an upgrade that nobody offers is ignored", get("Connection: upgrade", "Upgrade: x/1"), .ok("GET /")),
    CorpusCase(
        "an upgrade to h2c is ignored",
        get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AA"),
        .ok("GET /")
    ),
    CorpusCase("a proxy's field means nothing", get("Proxy-Connection: close"), .ok("GET /")),
    CorpusCase("HEAD", start("HEAD / HTTP/1.1"), .ok("HEAD /")),
    CorpusCase("HEAD over HTTP/1.0", "HEAD / HTTP/1.0\r\n\r\n", .closing("HEAD /")),
    CorpusCase(
        "HEAD that wants to close",
        "HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        .closing("HEAD /")
    ),
]
