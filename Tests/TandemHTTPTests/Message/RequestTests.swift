// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP
import Testing

struct RequestTests {
    @Test(
        "A target is a path and a query",
        arguments: [
            ("/", "/", nil), ("/a/b?c=d", "/a/b", "c=d"), ("/?", "/", ""), ("/a?b?c", "/a", "b?c"), ("*", "*", nil),
            ("/%2e%2e?x", "/%2e%2e", "x"),
        ] as [(String, String, String?)]
    )
    func target(target: String, path: String, query: String?) {
        let request = Request(.get, target)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test("The authority is the Host field's, unless the target names another")
    func authority() {
        var request = Request(.get, "/", headers: ["host": "a:80"])
        #expect(request.authority == "a:80")
        request.authorityBytes = ByteBuffer(string: "b")
        #expect(request.authority == "b")
        #expect(Request(.get, "/").authority == nil)
    }

    @Test("A detached request keeps nothing of the buffer it was read from")
    func detached() throws {
        var input = ByteBuffer(string: "POST http://a/b?c HTTP/1.1\r\nHost: h\r\nd: e\r\nContent-Length: 2\r\n\r\nxy")
        var parser = RequestParser()
        let head = try #require(try parser.parse(&input, limits: Limits()))
        var request = Request(
            method: head.method,
            target: head.target,
            headers: head.headers,
            body: RequestBody(Bytes(input)),
            connection: .none
        )
        request.authorityBytes = head.authority
        let copy = request.detached()
        #expect(copy.target == request.target)
        #expect(copy.headers == request.headers)
        #expect(copy.authority == "a")
        #expect(copy.body.complete == "xy")
        #expect(copy.target.storageCapacity <= 64)
        #expect(copy.headers.lines.storageCapacity <= 64)
    }

    @Test("A description has the method and the path, and never the query")
    func description() {
        #expect(String(describing: Request(.post, "/a?token=secret", headers: ["b": "c"])) == "POST /a")
    }

    @Test("Which methods are safe, and which idempotent")
    func methods() {
        let methods: [TandemHTTP.Method] = [.get, .head, .options, .trace, .put, .delete, .post, .patch, "get"]
        #expect(methods.filter(\.isSafe) == [.get, .head, .options, .trace])
        #expect(methods.filter(\.isIdempotent) == [.get, .head, .options, .trace, .put, .delete])
    }
}
