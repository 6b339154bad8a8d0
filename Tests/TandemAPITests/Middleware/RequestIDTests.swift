// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Request identifiers")
struct RequestIDTests {
    /// Answers with the identifier that the handler sees.
    private static let echo: @Sendable (Request) -> Response = { Response($0.headers.all("x-request-id").joined()) }

    private let ids = RequestID(make: { "made" })

    @Test(
        "A client's is kept where it is well-formed",
        arguments: [
            "a", "0af7651916cd43dd8448eb211c80319c", "AZaz09-_.:/+=@", String(repeating: "x", count: 128),
        ]
    )
    func kept(id: String) async throws {
        let served = try await answer(Request(.get, "/").with("X-Request-ID", id), behind: [self.ids], Self.echo)
        #expect(served.headers.all("x-request-id") == [id])
        #expect(served.text == id)
    }

    @Test(
        "Otherwise one is made",
        arguments: [
            [], [""], ["a b"], ["a", "a"], ["a\u{0D}\u{0A}set-cookie: b=c"], ["<script>"], ["ä"], ["a,b"], ["\"a\""],
            [String(repeating: "x", count: 129)], ["${jndi:ldap}"], ["a\u{1B}[31m"],
        ]
    )
    func made(values: [String]) async throws {
        var request = Request(.get, "/")
        for value in values { request.headers.add("x-request-id", value) }
        let served = try await answer(request, behind: [self.ids], Self.echo)
        #expect(served.headers.all("x-request-id") == ["made"])
        #expect(served.text == "made")
    }

    @Test("A client's is not kept where that is set")
    func refused() async throws {
        let own = RequestID(acceptsClientIDs: false, make: { "made" })
        let served = try await answer(Request(.get, "/").with("x-request-id", "theirs"), behind: [own], Self.echo)
        #expect(served.text == "made")
    }

    @Test("An error has it, and a handler's own is replaced")
    func errors() async throws {
        let failed = try await answer(Request(.get, "/"), behind: [self.ids]) { _ in throw HTTPError(.conflict) }
        #expect(failed.status == .conflict)
        #expect(failed.headers["x-request-id"] == "made")
        let other = try await answer(Request(.get, "/"), behind: [self.ids]) { _ in
            Response(headers: ["x-request-id": "other"])
        }
        #expect(other.headers.all("x-request-id") == ["made"])
    }

    @Test("What is made is 32 hexadecimal digits, another each time")
    func random() async throws {
        let made = Set((0..<1000).map { _ in RequestID.random() })
        #expect(made.count == 1000)
        #expect(made.allSatisfy { $0.utf8.count == 32 && $0.allSatisfy(\.isHexDigit) })
        let handler = ImmediateHandler(Self.echo).wrapped(in: [RequestID()])
        let served = await Served(of: handler, to: Request(.get, "/"))
        #expect(served.text?.count == 32)
    }
}
