// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemAPI
import TandemHTTP
import TandemSchema

/// What the clients of the tests call: a desk, and what a branch without typed streams and uploads answers by hand.
struct FixtureRoutes {
    /// The files that the browser loads, by name.
    let files: [String: String]
    /// What a page waits for until it has found everything.
    private let finished = Gate()
    /// How many streams their clients have left.
    private let left = Counter()

    func handler() throws -> any Handler {
        try self.routes.handler()
    }

    /// What the clients are written from.
    var document: JSON {
        OpenAPIDocument(self.routes, info: .init(title: "Desk", version: "1.0.0", description: "A help */ desk.")).json
            .adding(FixtureDocument.operations)
    }

    private var routes: Routes {
        var routes = Routes()
        routes.mount(Tickets())
        routes.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!" }
        routes.on(.get, "/app/{file}") { call in try self.file(call.path["file"] ?? "") }
        routes.get("/app/finish") { _ in
            self.finished.open()
            return "Done."
        }
        routes.get("/app/finished") { _ in
            await self.finished.wait()
            return "Done."
        }
        routes.get("/left") { _ in String(self.left.value) }
        routes.on(.get, "/stuck") { (_: Call) -> Response in
            try await Self.waitForEver()
            return Response(status: .noContent)
        }
        self.addStreams(to: &routes)
        self.addBodies(to: &routes)
        return routes
    }

    /// Waits until the client is gone.
    private static func waitForEver() async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in stream {}
        continuation.finish()
        try Task.checkCancellation()
    }

    private func addStreams(to routes: inout Routes) {
        routes.on(.get, "/pings") { call in
            let count = Int(call.request.queryItems["count"] ?? "") ?? 0
            return Response.events { writer in
                try await writer.send(ServerSentEvent(comment: "here it comes"))
                for number in 0..<count {
                    let text = try JSON.text(Ping(number: number, text: "a\nb 🎉"))
                    try await writer.send(data: text, event: number == 1 ? "second" : nil, id: "\(number)")
                }
            }
        }
        routes.on(.get, "/pings/failing") { _ in
            Response.events { writer in
                try await writer.send(data: #"{"number":0,"text":"x"}"#)
                let problem = HTTPError(.conflict, "The ticket is closed.", code: "ticket-closed").response
                guard case .bytes(let bytes) = problem.body else { return }
                try await writer.send(data: bytes.string ?? "", event: "error")
            }
        }
        routes.on(.get, "/pings/endless") { _ in
            Response.events { writer in
                await self.left.countEnd {
                    for number in 0..<9 { try await writer.send(data: #"{"number":\#(number),"text":""}"#) }
                    try await Self.waitForEver()
                }
            }
        }
        routes.on(.get, "/export") { _ in
            Response(contentType: "application/jsonl") { writer in
                for number in 0..<3 {
                    try await writer.write(JSON.text(Ping(number: number, text: "é\r\n")) + "\n")
                }
            }
        }
        routes.on(.get, "/export/endless") { _ in
            Response(contentType: "application/jsonl") { writer in
                await self.left.countEnd {
                    for number in 0..<9 { try await writer.write("{\"number\":\(number),\"text\":\"\"}\n") }
                    try await Self.waitForEver()
                }
            }
        }
    }

    private func addBodies(to routes: inout Routes) {
        routes.on(.post, "/files") { call in
            let form = try await call.request.form()
            var parts = [form["title"] ?? "-", form.all("tags").joined(separator: "|"), form["nested[depth]"] ?? "-"]
            let files = form.files("photo") + form.files("others")
            parts += files.map { "\($0.filename):\($0.contentType ?? "-"):\($0.size)" }
            return try Response(json: parts)
        }
        routes.on(.put, "/raw") { call in
            let bytes = try await call.request.body.collect(upTo: 1 << 20)
            return Response(bytes, contentType: "application/octet-stream")
        }
        routes.on(.get, "/who") { call in
            let headers = call.request.headers
            return try Response(json: [
                headers["authorization"] ?? "-", headers["x-api-key"] ?? "-",
                call.request.queryItems["key"] ?? "-", headers["x-extra"] ?? "-",
            ])
        }
        routes.on(.get, "/failing") { call in
            Response(
                Bytes("<h1>Bad gateway</h1>"),
                contentType: "text/html",
                status: Status(Int(call.request.queryItems["status"] ?? "") ?? 502)
            )
        }
    }

    private func file(_ name: String) throws -> Response {
        guard let text = self.files[name] else { throw HTTPError(.notFound) }
        return Response(
            Bytes(text),
            contentType: name.hasSuffix(".js") ? "text/javascript" : "text/html; charset=utf-8"
        )
    }
}

/// Keeps those who wait until it is opened.
private final class Gate: Sendable {
    private let (stream, continuation) = AsyncStream.makeStream(of: Never.self)

    func open() { self.continuation.finish() }

    func wait() async { for await _ in self.stream {} }
}

/// Counts what ends otherwise than by itself.
private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { self.count.withLock { $0 } }

    func countEnd(_ body: () async throws -> Void) async {
        do { try await body() } catch { self.count.withLock { $0 += 1 } }
    }
}
