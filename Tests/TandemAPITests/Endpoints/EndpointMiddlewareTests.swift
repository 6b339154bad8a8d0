// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Middleware stands before an application's groups, an API's endpoints, or one of them")
struct EndpointMiddlewareTests {
    /// Adds its name to what was answered.
    struct Mark: ImmediateMiddleware {
        let name: String

        init(_ name: String) { self.name = name }

        func finish(_ response: inout Response, to request: Request) {
            response.headers.add("mark", self.name)
        }
    }

    @API("/marked") struct Marked {
        var middleware: [any Middleware] { [Mark("api")] }

        @GET func plain() -> String { "plain" }
        @GET("one", middleware: [Mark("first"), Mark("second")]) func one() -> String { "one" }
        @Route(.put, "one", middleware: [Mark("put")]) func put() async -> String { "put" }
    }

    @Test(
        "The innermost has the answer first",
        arguments: [
            (Request(.get, "/marked"), ["api", "group"]),
            (Request(.get, "/marked/one"), ["second", "first", "api", "group"]),
            (Request(.put, "/marked/one"), ["put", "api", "group"]),
        ]
    )
    func order(request: Request, marks: [String]) async throws {
        let routes = Routes()
        routes.group(middleware: [Mark("group")]) { $0.mount(Marked()) }
        let served = await Served(of: try routes.handler(), to: request)
        #expect(served.headers.all("mark") == marks)
    }
}
