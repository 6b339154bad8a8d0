// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

private func host(_ value: String) -> String { "GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n" }

/// The Host field (RFC 9112, section 3.2), and the hosts that a server answers for (RFC 9110, section 15.5.20).
let hostCases: [CorpusCase] = [
    CorpusCase("a host and a port", host("h.example:8080"), .ok("GET /")),
    CorpusCase("a host and an empty port", host("h:"), .ok("GET /")),
    CorpusCase("an empty host", host(""), .ok("GET /")),
    CorpusCase("an IPv4 address", host("127.0.0.1:80"), .ok("GET /")),
    CorpusCase("an IPv6 address", host("[2001:db8::1]:80"), .ok("GET /")),
    CorpusCase("a host of odd bytes that a name may have", host("a_b~c!$&'()*+;=-.%41"), .ok("GET /")),
    CorpusCase("a port beyond every port (lenient: the grammar has no limit)", host("h:99999"), .ok("GET /")),
    CorpusCase("white space around the host", host(" \th\t "), .ok("GET /")),
    CorpusCase("no space before the host", "GET / HTTP/1.1\r\nHost:h\r\n\r\n", .ok("GET /")),
    CorpusCase("the name of the field in capitals", "GET / HTTP/1.1\r\nHOST: h\r\n\r\n", .ok("GET /")),
    CorpusCase("Host after other fields", "GET / HTTP/1.1\r\na: b\r\nhost: h\r\nc: d\r\n\r\n", .ok("GET /")),
    CorpusCase("no Host", "GET / HTTP/1.1\r\n\r\n", .refused(400)),
    CorpusCase("no Host, but a name like it", "GET / HTTP/1.1\r\nHosts: h\r\n\r\n", .refused(400)),
    CorpusCase("no Host over HTTP/1.0", "GET / HTTP/1.0\r\na: b\r\n\r\n", .closing("GET /")),
    CorpusCase("Host twice, the same", get("Host: h"), .refused(400)),
    CorpusCase("Host twice, another", get("Host: other"), .refused(400)),
    CorpusCase("Host twice, in other case", get("hOsT: h"), .refused(400)),
    CorpusCase("Host twice, once empty", get("Host:"), .refused(400)),
    CorpusCase("Host twice over HTTP/1.0", "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", .refused(400)),
    CorpusCase("two hosts in one field", host("a b"), .refused(400)),
    CorpusCase("a list of hosts (stricter: a name may have a comma)", host("a,b"), .refused(400)),
    CorpusCase("a host with a path", host("h/a"), .refused(400)),
    CorpusCase("a host with a query", host("h?a"), .refused(400)),
    CorpusCase("a host with a fragment", host("h#a"), .refused(400)),
    CorpusCase("a host with a user", host("u@h"), .refused(400)),
    CorpusCase("a host with a scheme", host("http://h"), .refused(400)),
    CorpusCase("a host with a backslash", host("h\\a"), .refused(400)),
    CorpusCase("a host with a quote", host("\"h\""), .refused(400)),
    CorpusCase("a host with a byte beyond ASCII", host("\u{E9}"), .refused(400)),
    CorpusCase("a host with angle brackets", host("<script>"), .refused(400)),
    CorpusCase("two ports", host("h:80:81"), .refused(400)),
    CorpusCase("a port of letters", host("h:http"), .refused(400)),
    CorpusCase("a negative port", host("h:-1"), .refused(400)),
    CorpusCase("an IPv6 address without brackets", host("::1"), .refused(400)),
    CorpusCase("an IPv6 address with an open bracket", host("[::1"), .refused(400)),
    CorpusCase("an IPv6 address of other bytes", host("[zz]"), .refused(400)),
    CorpusCase("an IPv6 address with a zone (stricter)", host("[fe80::1%25eth0]"), .refused(400)),
    CorpusCase("an empty address in brackets", host("[]"), .refused(400)),
    CorpusCase("something after the brackets", host("[::1]x"), .refused(400)),
    CorpusCase("a percent sign before no digits in a host", host("%zz"), .refused(400)),
    CorpusCase("a percent sign at the end of a host", host("h%4"), .refused(400)),
    CorpusCase("a host on a folded line", "GET / HTTP/1.1\r\nHost:\r\n h\r\n\r\n", .refused(400)),
    CorpusCase("a space before the colon of Host", "GET / HTTP/1.1\r\nHost : h\r\n\r\n", .refused(400)),

    CorpusCase("a host that is served", host("h"), .ok("GET /")).with(.hosts),
    CorpusCase("a host that is served, in capitals", host("EXAMPLE.com"), .ok("GET /")).with(.hosts),
    CorpusCase("a host that is served, with a port", host("example.com:8080"), .ok("GET /")).with(.hosts),
    CorpusCase("a host that is served, with a final dot", host("example.com."), .ok("GET /")).with(.hosts),
    CorpusCase("a host under one that is served", host("a.example.org"), .ok("GET /")).with(.hosts),
    CorpusCase("a host far under one that is served", host("b.a.example.org"), .ok("GET /")).with(.hosts),
    CorpusCase(
        "an absolute target of a host that is served",
        "GET http://h/ HTTP/1.1\r\nHost: evil\r\n\r\n",
        .ok("GET /")
    ).with(.hosts),
    CorpusCase("a host that is not served", host("evil.example"), .refused(421)).with(.hosts),
    CorpusCase("an empty host is not served", host(""), .refused(421)).with(.hosts),
    CorpusCase("no host is not served", "GET / HTTP/1.0\r\n\r\n", .refused(421)).with(.hosts),
    CorpusCase("a host that ends like one that is served", host("notexample.com"), .refused(421)).with(.hosts),
    CorpusCase("a host that begins like one that is served", host("example.com.evil"), .refused(421)).with(.hosts),
    CorpusCase("the host that others are served under", host("example.org"), .refused(421)).with(.hosts),
    CorpusCase("a host that ends like those served, without a dot", host("evilexample.org"), .refused(421))
        .with(.hosts),
    CorpusCase("HEAD of a host that is not served", "HEAD / HTTP/1.1\r\nHost: evil\r\n\r\n", .refused(421)).with(
        .hosts
    ),
    CorpusCase("a host with two final dots", host("h.."), .refused(421)).with(.hosts),
    CorpusCase("an encoded name of a host that is served (stricter)", host("%68"), .refused(421)).with(.hosts),
    CorpusCase("an address is no name", host("127.0.0.1"), .refused(421)).with(.hosts),
    CorpusCase(
        "an absolute target of a host that is not served",
        "GET http://evil/ HTTP/1.1\r\nHost: h\r\n\r\n",
        .refused(421)
    ).with(.hosts),
    CorpusCase("a host that is not served after one that is", host("h") + host("evil"), .refused(421, after: "GET /"))
        .with(.hosts),
]
