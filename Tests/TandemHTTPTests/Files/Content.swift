// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

@testable import TandemHTTP

extension Response {
    /// The bytes of the body, whatever it is made of.
    func content() async throws -> Bytes {
        switch self.body {
        case .empty, .webSocket: return Bytes()
        case .bytes(let bytes): return bytes
        case .file(let region): return try region.file.read(region.length, at: region.offset)
        case .stream(let stream):
            let sink = CollectingSink()
            try await stream.write(BodyWriter(sink))
            return sink.all
        }
    }

    /// The body as text.
    func text() async throws -> String {
        String(decoding: try await self.content(), as: UTF8.self)
    }
}

/// The answer of a handler, errors rendered as the server does.
func answer(_ handler: some Handler, _ request: Request) throws -> Response {
    do {
        return try handler.respondImmediately(to: request) ?? Response(status: 500)
    } catch let error as HTTPError {
        return error.response
    }
}
