// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemHTTP
import TandemServer

/// Runs a server at a free port of 127.0.0.1 while `body` does, which learns its URL.
func withServer<Result: Sendable>(
    _ handler: any Handler,
    _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration(.tcp(port: 0))
    configuration.eventLoops = 1
    configuration.observability.accessLog = nil
    let (started, continuation) = AsyncStream.makeStream(of: Int.self)
    let server = Server(configuration, handler: handler) { addresses in
        if let port = addresses.first?.port { continuation.yield(port) }
    }
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { continuation.finish() }
            try? await server.run()
        }
        var ports = started.makeAsyncIterator()
        guard let port = await ports.next() else { throw ServerNeverListened() }
        defer { tasks.cancelAll() }
        return try await body("http://127.0.0.1:\(port)")
    }
}

/// A server ended before it listened.
struct ServerNeverListened: Error {}

/// A folder of its own for the length of a test.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-client-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
