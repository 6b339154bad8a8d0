// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import FoundationEssentials
import TandemAPI
import TandemHTTP
import TandemSchema

/// What every server of the benchmark answers.
@API struct Work {
    private let records: [Record]
    private let files: StaticFiles
    private let file: String

    init(_ settings: Settings) throws {
        let file = URL(filePath: settings.file)
        self.records = try settings.records()
        self.files = try StaticFiles(root: file.deletingLastPathComponent().path)
        self.file = "/" + file.lastPathComponent
    }

    @GET("json") func json() -> Message { Message(message: "Hello, World!") }

    @GET("text") func text() -> String { "Hello, World!" }

    @GET("users/{id}") func user(id: Int) -> User { User(id: id, name: "User \(id)") }

    @POST("echo") func echo(_ order: Order) -> Order { order }

    @GET("large") func large() -> [Record] { self.records }

    @GET("file") func file(request: Request) throws -> Response {
        let request = Request(.get, self.file, headers: request.headers)
        guard let response = try self.files.respondImmediately(to: request) else { throw HTTPError(.notFound) }
        return response
    }
}

/// The engine's share of a POST: nobody looks into the body.
struct Unread: Handler {
    func respondImmediately(to request: Request) throws -> Response? { nil }

    func respond(to request: Request) async throws -> Response {
        Response(json: try await request.body.collect(upTo: 1_000_000))
    }
}
