// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemFuzzing
import TandemHTTP
import Testing

struct RequestLineTests {
    @Test(
        "A request line gives its method, target and version",
        arguments: [
            ("GET / HTTP/1.1", "GET", "/", Version.http1_1),
            ("GET /a/b?c=d&e HTTP/1.0", "GET", "/a/b?c=d&e", .http1_0),
            ("get / HTTP/1.1", "get", "/", .http1_1),
            ("!#$%&'*+-.^_`|~09AZaz /x HTTP/1.1", "!#$%&'*+-.^_`|~09AZaz", "/x", .http1_1),
            ("POST //evil HTTP/1.1", "POST", "//evil", .http1_1),
            ("GET /% HTTP/1.1", "GET", "/%", .http1_1),
            ("GET /1 HTTP/1.9", "GET", "/1", .http1_1),
            ("OPTIONS * HTTP/1.1", "OPTIONS", "*", .http1_1),
        ]
    )
    func parts(line: String, method: String, target: String, version: Version) throws {
        let reading = RequestReading.everySplit(of: "\(line)\r\nHost: h\r\n\r\n")
        let item = try #require(reading.items.first)
        #expect(reading.end == .clean)
        #expect(item.method == method)
        #expect(item.target == target)
        #expect(item.version == version)
        #expect(item.authority == nil)
    }

    @Test(
        "A request line that is none is refused",
        arguments: [
            " GET / HTTP/1.1", "GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", "GET\t/ HTTP/1.1",
            "GET / HTTP/1.1x", "GET /", "GET", "GET / http/1.1", "GET / HTTP/11", "GET / HTTP/1.10", "GET / HTTP/1.",
            "GET / HTTP/1,1", "GET / HTTPS/1.1", "GET / HTTP/x.1", "GET / HTTP /1.1", "G\u{1}T / HTTP/1.1",
            "G(T / HTTP/1.1", "G\u{E9}T / HTTP/1.1", "GET /\u{0} HTTP/1.1", "GET /\u{7F} HTTP/1.1",
            "GET /\u{E9} HTTP/1.1", "GET /#a HTTP/1.1", "GET x HTTP/1.1", "GET ?a HTTP/1.1", "GET * HTTP/1.1",
            "OPTIONS ** HTTP/1.1", "GET ftp://h/ HTTP/1.1", "GET http:/h HTTP/1.1", "GET http:// HTTP/1.1",
            "GET http:///a HTTP/1.1", "GET http://:80/ HTTP/1.1", "GET http://u@h/ HTTP/1.1",
            "GET http://h:x/ HTTP/1.1", "GET http://[::1/ HTTP/1.1", "\nGET / HTTP/1.1", "\rGET / HTTP/1.1",
            "GET / HTTP/1.1\n", "GET / HTTP/1.1\r",
        ]
    )
    func refused(line: String) {
        let reading = RequestReading.everySplit(of: "\(line)\r\nHost: h\r\n\r\n")
        #expect(reading.status == 400)
        #expect(reading.items.isEmpty)
    }

    @Test("Another major version is refused with 505", arguments: ["0.9", "2.0", "3.0", "9.9"])
    func majorVersion(version: String) {
        #expect(RequestReading.everySplit(of: "GET / HTTP/\(version)\r\nHost: h\r\n\r\n").status == 505)
    }

    @Test("A tunnel is refused with 501")
    func connect() {
        #expect(RequestReading.everySplit(of: "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n").status == 501)
    }

    @Test(
        "An absolute target is brought to its path and authority",
        arguments: [
            ("GET http://a.example/b?c", "/b?c", "a.example"), ("GET HTTP://A:80/", "/", "A:80"),
            ("GET https://a", "/", "a"), ("GET http://a?q", "/?q", "a"), ("OPTIONS http://a:8", "*", "a:8"),
            ("OPTIONS http://a/", "/", "a"), ("GET http://[::1]:8080/x", "/x", "[::1]:8080"),
        ]
    )
    func absolute(start: String, target: String, authority: String) throws {
        let reading = RequestReading.everySplit(of: "\(start) HTTP/1.1\r\nHost: other\r\n\r\n")
        let item = try #require(reading.items.first)
        #expect(item.target == target)
        #expect(item.authority == authority)
    }

    @Test("Empty lines before a request are skipped", arguments: [1, 2, 50])
    func emptyLines(count: Int) {
        let lines = String(repeating: "\r\n", count: count)
        let reading = RequestReading.everySplit(of: "\(lines)GET / HTTP/1.0\r\n\r\n\(lines)")
        #expect(reading.items.count == 1)
        #expect(reading.end == .clean)
    }

    @Test("The limit on the request line holds to the byte", arguments: [-1, 0, 1, 2, 3, 200])
    func limit(excess: Int) {
        let limits = Limits.changed { $0.requestLine = 64 }
        let line = "GET /\(String(repeating: "a", count: 64 - "GET / HTTP/1.1".count + excess)) HTTP/1.1"
        let reading = RequestReading.everySplit(of: "\(line)\r\nHost: h\r\n\r\n", limits: limits)
        #expect(reading.status == (excess > 0 ? 414 : nil))
    }

    @Test("Nothing is kept beyond the limit on the request line where no line ends")
    func endless() {
        let limits = Limits.changed { $0.requestLine = 64 }
        #expect(RequestReading(String(repeating: "a", count: 66), limits: limits).status == 414)
        #expect(RequestReading(String(repeating: "a", count: 65), limits: limits).end == .unfinished)
    }

    @Test("Limits as large as a number can be overflow nothing")
    func boundless() {
        let limits = Limits.changed {
            $0.requestLine = .max
            $0.headerBytes = .max
            $0.headerCount = .max
            $0.body = .max
        }
        let text = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\na: b\r\n\r\n"
        let reading = RequestReading.everySplit(of: text, limits: limits)
        #expect(reading.items.first?.body == Array("x".utf8))
        #expect(reading.end == .clean)
    }
}
