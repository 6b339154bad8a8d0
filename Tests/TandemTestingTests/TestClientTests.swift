// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@Suite("A test asks an application without a socket")
struct TestClientTests {
    @Schema struct Note: Equatable {
        @Length(1...10) var text: String
    }

    struct Counter: AsyncSequence, Sendable {
        struct AsyncIterator: AsyncIteratorProtocol {
            var number = 0

            mutating func next() async throws -> Note? {
                try Task.checkCancellation()
                self.number += 1
                return Note(text: "\(self.number)")
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator() }
    }

    struct Clerk: Provided {
        let name: String
    }

    @API("/notes") struct Notes {
        @POST func add(_ note: Note) -> Created<Note> { Created(note, at: "/notes/1") }
        @GET("endless") func endless() -> JSONLines<Note> { JSONLines(Counter()) }
        @GET("clerk") func clerk(clerk: Clerk, userAgent: Header<String>) -> String {
            "\(clerk.name) \(userAgent.value)"
        }
        @POST("upload") func upload(_ note: Note, file: UploadedFile) async throws -> String {
            let bytes = try await file.contents.collect(upTo: 100)
            return "\(note.text) \(file.filename) \(bytes.count)"
        }
    }

    private func app() -> App {
        let app = App(Configuration())
        app.mount(Notes())
        app.provide(Clerk(name: "Ada"))
        return app
    }

    @Test("Values go out and come back as their types, errors as problems")
    func values() async throws {
        try await self.app().test { client in
            let created = try await client.post("/notes", json: Note(text: "a"))
            #expect(created.status == .created)
            #expect(created.headers["location"] == "/notes/1")
            #expect(try created.json() == Note(text: "a"))
            let refused = try await client.post("/notes", json: Note(text: ""))
            #expect(refused.problem?.code == "invalid-request")
            #expect(refused.problem?.errors.map(\.pointer) == ["/text"])
            #expect(try await client.get("/nowhere").problem?.status == 404)
        }
    }

    @Test("Forms and their files arrive")
    func forms() async throws {
        try await self.app().test { client in
            let file = UploadedFile(name: "file", filename: "a \"b\".txt", contentType: "text/plain", bytes: "12345")
            let response = try await client.post("/notes/upload", form: ["text": "a&b=c"], files: [file])
            #expect(response.text == "a&b=c a \"b\".txt 5")
            #expect(try await client.post("/notes", form: ["text": "ä+1 %"]).json() == Note(text: "ä+1 %"))
        }
    }

    @Test("Dependencies are replaced, and fields sent with every request")
    func overrides() async throws {
        try await self.app().test(overriding: { $0.provide(Clerk(name: "Eve")) }) { client in
            var client = client
            client.headers["user-agent"] = "test"
            let response = try await client.get("/notes/clerk")
            #expect(response.text == "Eve test")
        }
    }

    @Test("A stream without end is read as it comes, and cancelled when nobody reads on")
    func streams() async throws {
        try await self.app().test { client in
            let lines = try await client.stream(Request(.get, "/notes/endless")) { stream in
                var lines: [String] = []
                for try await line in stream.lines {
                    lines.append(line)
                    if lines.count == 3 { break }
                }
                return lines
            }
            #expect(lines == [#"{"text":"1"}"#, #"{"text":"2"}"#, #"{"text":"3"}"#])
            await #expect(throws: TestClientError.self) {
                try await client.send(Request(.get, "/notes/endless"), upTo: 1000)
            }
        }
    }

    @Test("An application serves at a free port for as long as a test asks it")
    func serving() async throws {
        let url = try await self.app().serve { url in url }
        #expect(url.hasPrefix("http://127.0.0.1:"))
    }
}
