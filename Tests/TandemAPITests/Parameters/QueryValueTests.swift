// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("A type's properties can be the parameters of the query")
struct QueryValueTests {
    private let handler: any Handler

    init() throws {
        let routes = Routes()
        routes.mount(Signups())
        self.handler = try routes.handler()
    }

    @Test(
        "They are read with their defaults and rules",
        arguments: [
            ("?name=Ada", 200, "Ada 20  any 1"),
            ("?limit=5&name=Ada&plans=free&plans=paid&page=2", 200, "Ada 5 free+paid any 2"),
            ("?name=Ada&ages[from]=1&ages.to=2", 200, "Ada 20  1-2 1"), ("?name=Ada&ages=", 200, "Ada 20  any 1"),
            ("?name=Ada&ages%5Bfrom%5D=1", 200, "Ada 20  1-0 1"),
            ("", 422, #"{"in":"query","name":"name","rule":"required""#),
            ("?name=&limit=101", 422, #"{"in":"query","name":"name","rule":"length""#),
            (
                "?name=&limit=101", 422,
                #"{"in":"query","name":"limit","rule":"range","expected":"at least 1 and at most"#
            ),
            ("?name=A&limit=1&limit=2", 422, #"{"in":"query","name":"limit","rule":"type""#),
            ("?name=A&plans=free&plans=rich", 422, #"{"in":"query","name":"plans[1]","rule":"enum""#),
            ("?name=A&ages[from]=x", 422, #"{"in":"query","name":"ages[from]","rule":"type""#),
            ("?name=root", 422, #"{"in":"query","name":"filter","rule":"root""#),
            ("?name=&page=x", 422, #"{"in":"query","name":"page","rule":"type""#),
        ]
    )
    func read(query: String, status: Int, text: String) async {
        let answer = await Served(of: self.handler, to: Request(.get, "/signups\(query)"))
        #expect(answer.status == Status(status))
        #expect(answer.text?.contains(text) == true, "\(answer.text ?? "")")
    }

    @API("/counts") struct Counts {
        @GET func count(filter: Query<Int>) -> Int { filter.value }
    }

    @Test("A type without properties keeps the application from starting, with the place and the cure")
    func unreadable() throws {
        let routes = Routes()
        routes.mount(Counts())
        let error = #expect(throws: UnreadableQuery.self) { try routes.handler() }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("GET /counts (TandemAPITests/QueryValueTests.swift:"))
        #expect(text.contains("asks for a Query<Int>, which has no properties to read. Use a @Schema struct"))
    }

    @Test(
        "A default stands in where none of them is there",
        arguments: [("", "Ada"), ("?page=1", "Ada"), ("?name=Bob", "Bob"), ("?limit=3", "required")]
    )
    func fallback(query: String, text: String) async {
        let answer = await Served(of: self.handler, to: Request(.get, "/signups/some\(query)"))
        #expect(answer.text?.contains(text) == true, "\(answer.text ?? "")")
    }
}
