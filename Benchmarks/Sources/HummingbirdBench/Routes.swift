// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import BenchSettings
import Hummingbird

/// The routes that every server of the benchmark answers.
func routes(_ settings: Settings) throws -> Router<BasicRequestContext> {
    let records = try settings.records(of: Record.self)
    let router = Router()
    let files = FileIO()
    router.get("json") { _, _ in
        Message(message: "Hello, World!")
    }
    router.get("text") { _, _ in
        "Hello, World!"
    }
    router.get("users/{id}") { _, context in
        let id = try context.parameters.require("id", as: Int.self)
        return User(id: id, name: "User \(id)")
    }
    router.post("echo") { request, context in
        try await request.decode(as: Order.self, context: context)
    }
    router.get("large") { _, _ in
        records
    }
    router.get("file") { _, context in
        Response(
            status: .ok,
            headers: [.contentType: "application/octet-stream"],
            body: try await files.loadFile(path: settings.file, context: context)
        )
    }
    return router
}
