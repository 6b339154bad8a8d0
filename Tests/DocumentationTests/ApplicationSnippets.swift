// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// snippet: hello
import Tandem
// end
import TandemTesting
import Testing

func hello() async throws {
    // snippet: hello
    let app = App()
    app.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!\n" }
    try await app.run()
    // end
}

// snippet: module
/// Sends mail; the application says which one.
actor Mailer: Provided {
    private(set) var sent: [String] = []

    func send(_ text: String) { self.sent.append(text) }
    func flush() { self.sent = [] }
}

/// Letters to the newspaper.
@API("/letters") struct Letters {
    /// Write a letter.
    @POST func write(_ letter: Letter, mailer: Mailer) async -> Accepted<Letter> {
        await mailer.send(letter.text)
        return Accepted(letter)
    }
}

@Schema struct Letter: Equatable {
    @Length(1...2_000) var text: String
}

struct Newspaper: Module {
    let mailer: Mailer

    func build(_ routes: Routes) {
        routes.provide(self.mailer)
        routes.mount(Letters())
    }

    func start() async throws { await self.mailer.send("We are open.") }
    func stop() async { await self.mailer.flush() }
}
// end

// snippet: application
struct Press: Application {
    var mailer = Mailer()

    var configuration: Configuration {
        var configuration = Configuration.fromEnvironment()
        configuration.documentation?.info = OpenAPIDocument.Info(title: "Press", version: "1.0.0")
        configuration.server.limits.body = 1_000_000
        return configuration
    }

    func build(_ app: App) throws {
        app.use(RequestID(), SecurityHeaders(), Compression())
        app.get("/hello/{name}") { call in "Hello, \(try call.path("name", as: String.self))!" }
        try app.add(Newspaper(mailer: self.mailer), below: "/v1")
    }
}
// end

@Suite("Guide: applications")
struct ApplicationSnippets {
    // snippet: test
    @Test("A letter is written")
    func letter() async throws {
        let press = Press()
        try await press.app().test { client in
            let response = try await client.post("/v1/letters", json: Letter(text: "Dear editor"))
            #expect(response.status == .accepted)
            #expect(try response.json() == Letter(text: "Dear editor"))
            #expect(await press.mailer.sent == ["We are open.", "Dear editor"])
        }
    }

    @Test("A letter without a word is refused")
    func refused() async throws {
        let other = Mailer()
        try await Press().app().test(overriding: { $0.provide(other) }) { client in
            let response = try await client.post("/v1/letters", json: Letter(text: ""))
            #expect(response.problem?.errors.first?.pointer == "/text")
            #expect(await other.sent == [])
        }
    }
    // end

    @Test("The application greets, and documents itself")
    func documented() async throws {
        try await Press().app().test { client in
            let hello = try await client.get("/hello/Ada")
            #expect(hello.text == "Hello, Ada!")
            let document = try await client.get("/openapi.json")
            #expect(document.text.contains("\"letters.write\""))
        }
    }
}
