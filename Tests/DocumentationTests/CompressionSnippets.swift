// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

@Suite("Guide: compression")
struct CompressionSnippets {
    // snippet: compression
    func compressed(_ routes: any Handler) -> any Handler {
        routes.wrapped(in: [Decompression(), Compression()])
    }
    // end

    @Test("A long answer is packed for a client that accepts it")
    func packs() async throws {
        let handler = self.compressed(ImmediateHandler { _ in Response(String(repeating: "long ", count: 1000)) })
        let request = Request(.get, "/", headers: ["accept-encoding": "gzip"])
        #expect(try await handler.respond(to: request).headers["content-encoding"] == "gzip")
    }
}
