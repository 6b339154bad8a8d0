// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// snippet: server
import TandemHTTP
import TandemServer
// end
import Testing

private func serve() async throws {
    // snippet: server
    let server = Server(ServerConfiguration(.tcp(port: 8080))) { request in
        guard request.path == "/hello" else { throw HTTPError(.notFound, "There is only /hello here.") }
        return Response("Hello, World!\n")
    }
    try await server.serve()
    // end
}
