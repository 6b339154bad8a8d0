// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Dependencies are provided by applications, groups and modules")
struct ProviderTests {
    struct Mailer: Provided {
        let name: String
    }

    struct Sender: Dependency {
        let name: String

        static func resolve(for call: Call) async throws -> Sender {
            Sender(name: try await call.dependency(Mailer.self).name + "'s sender")
        }
    }

    @API("/mail") struct Mail {
        @GET func mailer(mailer: Mailer) -> String { mailer.name }
        @GET("sender") func sender(sender: Sender) async -> String { sender.name }
    }

    private func text(_ path: String, _ routes: Routes, overrides: Providers = Providers()) async throws -> String? {
        await Served(of: try routes.handler(overrides: overrides), to: Request(.get, path)).text
    }

    @Test("What is provided is what endpoints and other dependencies get, whichever was added first")
    func provided() async throws {
        let routes = Routes()
        routes.mount(Mail())
        routes.provide(Mailer(name: "post"))
        #expect(try await self.text("/mail", routes) == "post")
        #expect(try await self.text("/mail/sender", routes) == "post's sender")
    }

    @Test("One for all calls needs no task, one a call is made for each")
    func immediacy() async throws {
        let routes = Routes()
        routes.mount(Mail())
        routes.provide(Mailer(name: "post"))
        #expect(try routes.handler().respondImmediately(to: Request(.get, "/mail"))?.status == .ok)
        routes.provide(Mailer.self) { call in Mailer(name: call.request.path) }
        #expect(try routes.handler().respondImmediately(to: Request(.get, "/mail")) == nil)
        #expect(try await self.text("/mail", routes) == "/mail")
    }

    @Test("What a group provides goes before what is provided around it, and no further")
    func scopes() async throws {
        let routes = Routes()
        routes.provide(Mailer(name: "outer"))
        routes.mount(Mail())
        routes.group("/inner") { inner in
            inner.mount(Mail())
            inner.provide(Mailer(name: "inner"))
        }
        #expect(try await self.text("/mail", routes) == "outer")
        #expect(try await self.text("/inner/mail", routes) == "inner")
        var overrides = Providers()
        overrides.provide(Mailer(name: "test"))
        #expect(try await self.text("/inner/mail", routes, overrides: overrides) == "test")
    }

    @Test("What nobody provides keeps the application from starting, with the place and the cure")
    func missing() throws {
        let routes = Routes()
        routes.mount(Mail())
        let error = #expect(throws: MissingProvider.self) { try routes.handler() }
        let text = try #require(error?.description)
        #expect(text.hasPrefix("GET /mail (TandemAPITests/ProviderTests.swift:"))
        #expect(text.contains("asks for a Mailer, which nobody provides. Call `provide`"))
    }

    @Test("What only another dependency asks for is missed at the call, and the client learns nothing of it")
    func missingBehind() async throws {
        let routes = Routes()
        routes.get("/sender") { call in try await call.dependency(Sender.self).name }
        let served = await Served(of: try routes.handler(), to: Request(.get, "/sender"))
        #expect(served.status == .internalServerError)
        #expect(served.text?.contains("Mailer") == false)
    }
}
