// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import TandemHTTP
@testable import TandemServer
import Testing

/// Field sections, right and wrong.
private enum Heads {
    typealias Field = (String, String)

    static let valid: [Field] = [
        (":method", "GET"), (":scheme", "https"), (":path", "/a?b=c"), (":authority", "example.com:8443"),
    ]

    static let malformed: [(String, [Field])] = [
        ("no method", Array(valid.dropFirst())),
        ("no scheme", valid.filter { $0.0 != ":scheme" }),
        ("no path", valid.filter { $0.0 != ":path" }),
        ("an empty path", replacing(":path", "")),
        ("a path without a slash", replacing(":path", "a")),
        ("an absolute path", replacing(":path", "http://a/")),
        ("a path with a space", replacing(":path", "/a b")),
        ("a path with a fragment", replacing(":path", "/a#b")),
        ("a path with a control", replacing(":path", "/a\u{1}")),
        ("a path beyond ASCII", replacing(":path", "/ä")),
        ("* for GET", replacing(":path", "*")),
        ("a method that is no token", replacing(":method", "G T")),
        ("an authority with a user", replacing(":authority", "me@example.com")),
        ("an authority with a slash", replacing(":authority", "example.com/")),
        ("a repeated method", valid + [(":method", "GET")]),
        ("a repeated path", valid + [(":path", "/")]),
        ("an unknown pseudo-field", valid + [(":protocol", "websocket")]),
        ("a response's pseudo-field", valid + [(":status", "200")]),
        ("a pseudo-field after a field", [("a", "b")] + valid),
        ("a pseudo-field after a cookie", [("cookie", "b")] + valid),
        ("a host that differs", valid + [("host", "other.com")]),
        ("a repeated host", valid + [("host", "example.com:8443"), ("host", "example.com:8443")]),
        ("an upper-case name", valid + [("Accept", "a")]),
        ("an empty name", valid + [("", "a")]),
        ("a name with a space", valid + [("a b", "a")]),
        ("a name with a colon", valid + [("a:", "a")]),
        ("a value with CR LF", valid + [("a", "b\r\nc: d")]),
        ("a value with LF", valid + [("a", "b\nc")]),
        ("a value with NUL", valid + [("a", "b\u{0}c")]),
        ("a value that begins with a space", valid + [("a", " b")]),
        ("a value that ends with a tab", valid + [("a", "b\t")]),
        ("connection", valid + [("connection", "close")]),
        ("keep-alive", valid + [("keep-alive", "5")]),
        ("proxy-connection", valid + [("proxy-connection", "close")]),
        ("transfer-encoding", valid + [("transfer-encoding", "chunked")]),
        ("upgrade", valid + [("upgrade", "websocket")]),
        ("a tunnel of another method", [(":protocol", "websocket")] + valid),
        ("a tunnel without a path", [(":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http")]),
        (
            "a tunnel with a length",
            [(":method", "CONNECT"), (":protocol", "websocket")] + valid.filter { $0.0 != ":method" }
                + [("content-length", "0")]
        ),
        ("te other than trailers", valid + [("te", "gzip")]),
        ("a length that is no number", valid + [("content-length", "1x")]),
        ("an empty length", valid + [("content-length", "")]),
        ("a signed length", valid + [("content-length", "+1")]),
        ("a repeated length", valid + [("content-length", "1"), ("content-length", "1")]),
    ]

    static let refused: [(Status, [Field])] = [
        (501, [(":method", "CONNECT"), (":authority", "a:1")]),
        (501, valid.filter { $0.0 != ":method" } + [(":method", "CONNECT")]),
        (501, [(":method", "CONNECT"), (":protocol", "connect-udp")] + valid.filter { $0.0 != ":method" }),
        (400, Array(valid.prefix(3))),
        (417, valid + [("expect", "more")]),
        (414, replacing(":path", "/" + String(repeating: "a", count: 9_000))),
        (431, valid + [("a", String(repeating: "a", count: 40_000))]),
        (431, valid + (0..<101).map { ("a\($0)", "") }),
    ]

    private static func replacing(_ name: String, _ value: String) -> [Field] {
        valid.map { $0.0 == name ? (name, value) : $0 }
    }
}

@Suite("Request heads of HTTP/2 field sections")
struct RequestFieldsTests {
    private func read(_ fields: [(String, String)], limits: Limits = Limits()) throws -> HTTP2RequestHead {
        var buffer = ByteBuffer()
        return try RequestFields.head(of: HPACKHeaders(fields), into: &buffer, limits: limits)
    }

    @Test("A head has its parts, and its authority as the Host field")
    func parts() throws {
        let head = try self.read(Heads.valid + [("accept", "*/*"), ("content-length", "12"), ("te", "trailers")])
        #expect(head.method == .get)
        #expect(String(buffer: head.target) == "/a?b=c")
        #expect(String(buffer: head.authority) == "example.com:8443")
        #expect(head.contentLength == 12)
        #expect(!head.expectsContinue)
        #expect(
            String(buffer: head.headers.lines)
                == "accept: */*\r\ncontent-length: 12\r\nte: trailers\r\nhost: example.com:8443\r\n"
        )
    }

    @Test("Host stands in for a missing authority")
    func host() throws {
        let head = try self.read(Array(Heads.valid.prefix(3)) + [("host", "example.com")])
        #expect(String(buffer: head.authority) == "example.com")
        #expect(head.headers.all("host") == ["example.com"])
    }

    @Test("The crumbs of a cookie are one field again")
    func cookie() throws {
        let head = try self.read(Heads.valid + [("cookie", "a=1"), ("x", "y"), ("cookie", "b=2"), ("cookie", "c=3")])
        #expect(head.headers.all("cookie") == ["a=1; b=2; c=3"])
    }

    @Test("OPTIONS may have * for a path")
    func asterisk() throws {
        let fields = [(":method", "OPTIONS"), (":scheme", "https"), (":path", "*"), (":authority", "a")]
        #expect(String(buffer: try self.read(fields).target) == "*")
    }

    @Test("What is against the protocol is malformed", arguments: Heads.malformed)
    func malformed(_ name: String, _ fields: [(String, String)]) {
        do throws(HTTP2HeadError) {
            var buffer = ByteBuffer()
            _ = try RequestFields.head(of: HPACKHeaders(fields), into: &buffer, limits: Limits())
            Issue.record("\(name) was read")
        } catch {
            guard case .malformed = error else {
                Issue.record("\(name) was answered: \(error)")
                return
            }
        }
    }

    @Test(
        "What a request may not have is answered",
        arguments: Heads.refused
    )
    func refused(status: Status, fields: [(String, String)]) {
        do throws(HTTP2HeadError) {
            var buffer = ByteBuffer()
            _ = try RequestFields.head(of: HPACKHeaders(fields), into: &buffer, limits: Limits())
            Issue.record("It was read.")
        } catch {
            guard case .refused(let error) = error else {
                Issue.record("It was taken for malformed.")
                return
            }
            #expect(error.status == status)
        }
    }

    @Test("A length beyond all numbers is taken for the largest")
    func hugeLength() throws {
        let head = try self.read(Heads.valid + [("content-length", String(repeating: "9", count: 40))])
        #expect(head.contentLength == Int.max)
    }

    @Test("Trailers name no pseudo-field and no field of the connection")
    func trailers() throws {
        let trailers = try FieldLines.trailers(["x-sum": "1"], limits: Limits())
        #expect(trailers["x-sum"] == "1")
        for name in [":path", "connection", "X-Sum"] {
            #expect(throws: HTTP2HeadError.self) {
                try FieldLines.trailers(HPACKHeaders([(name, "1")]), limits: Limits())
            }
        }
    }
}
#endif
