// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("The field sec-websocket-extensions")
struct WebSocketExtensionTests {
    static func list(_ lines: String...) -> [WebSocketExtension]? {
        var headers = Headers()
        for line in lines { headers.add("Sec-WebSocket-Extensions", line) }
        return WebSocketExtension.list(headers)
    }

    @Test("No field is no extensions")
    func absent() {
        #expect(WebSocketExtension.list([:]) == [])
    }

    @Test("The examples of RFC 6455 and RFC 7692 are read")
    func examples() {
        #expect(Self.list("foo, bar; baz=2") == [.init("foo"), .init("bar", ("baz", "2"))])
        #expect(Self.list("foo", "bar; baz=2") == Self.list("foo, bar; baz=2"))
        #expect(Self.list("deflate-stream") == [.init("deflate-stream")])
        #expect(
            Self.list("mux; max-channels=4; flow-control, deflate-stream")
                == [.init("mux", ("max-channels", "4"), ("flow-control", nil)), .init("deflate-stream")]
        )
        #expect(
            Self.list("permessage-deflate; client_max_window_bits; server_max_window_bits=10, permessage-deflate")
                == [
                    .init("permessage-deflate", ("client_max_window_bits", nil), ("server_max_window_bits", "10")),
                    .init("permessage-deflate"),
                ]
        )
    }

    @Test(
        "Spaces, empty members and quotes change nothing",
        arguments: [
            "a;b=1,c", " a ; b = 1 ,\tc ", ",a;b=1,, ,c,", "a; b=\"1\", c", "a;b=\"\\1\",c",
        ]
    )
    func same(line: String) {
        #expect(Self.list(line) == [.init("a", ("b", "1")), .init("c")])
    }

    @Test(
        "What does not follow the grammar fails",
        arguments: [
            "", " ", ",", ";", "=", "a;", "a;;b", "a; =1", "a;b=", "a;b=,c", "a b", "a=1", "a;b c", "a;b=1 2",
            "a;b=\"\"", "a;b=\"1", "a;b=\"1\"2", "a;b=\"1 2\"", "a;b=\"1,2\"", "a;b=\"\\", "a;b=\"1\\\"", "\"a\"",
            "a;\"b\"", "a/b", "é", "a;b=é", "a(b)", "a;b=1;", "a,b;", "a;b==1",
        ]
    )
    func malformed(line: String) {
        #expect(Self.list(line) == nil)
        #expect(Self.list("a", line) == nil || line.allSatisfy { ", ".contains($0) })
    }

    @Test("A line of many members or parameters is read once")
    func long() {
        let many = String(repeating: "a;b;c=\"d\",", count: 5000)
        #expect(Self.list(many)?.count == 5000)
        #expect(Self.list("a" + String(repeating: ";b", count: 20_000))?.first?.parameters.count == 20_000)
    }
}

extension WebSocketExtension {
    init(_ name: String, _ parameters: (String, String?)...) {
        self.init(name: name, parameters: parameters.map { Parameter(name: $0, value: $1) })
    }
}
