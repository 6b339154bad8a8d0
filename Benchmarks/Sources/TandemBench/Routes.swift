// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import FoundationEssentials
import TandemHTTP

/// What every server of the benchmark answers.
///
/// There is no router yet, so a switch does its work, and the types write their JSON by hand, as generated code will.
struct Routes: Handler {
    private let records: [Record]
    private let files: StaticFiles
    private let file: String

    init(_ settings: Settings) throws {
        let file = URL(filePath: settings.file)
        self.records = try settings.records()
        self.files = try StaticFiles(root: file.deletingLastPathComponent().path)
        self.file = "/" + file.lastPathComponent
    }

    func respondImmediately(to request: Request) throws -> Response? {
        let path = request.path
        switch path {
        case "/json":
            return Response(json: Message(message: "Hello, World!").json)
        case "/text":
            return Response("Hello, World!")
        case "/large":
            return Response(json: self.records.json)
        case "/file":
            return try self.files.respondImmediately(to: Request(.get, self.file, headers: request.headers))
        default:
            guard path.hasPrefix("/users/") else { return nil }
            guard let id = Int(path.dropFirst("/users/".count)) else { throw HTTPError(.notFound) }
            return Response(json: User(id: id, name: "User \(id)").json)
        }
    }

    func respond(to request: Request) async throws -> Response {
        guard request.method == .post else { throw HTTPError(.notFound) }
        switch request.path {
        case "/echo":
            let order = try JSONDecoder().decode(Order.self, from: Data(try await self.body(of: request)))
            return Response(json: Bytes(try JSONEncoder().encode(order)))
        case "/raw":
            // The engine's share of a POST: nobody looks into the body.
            return Response(json: try await self.body(of: request))
        default:
            throw HTTPError(.notFound)
        }
    }

    private func body(of request: Request) async throws -> Bytes {
        try await request.body.collect(upTo: 1_000_000)
    }
}
