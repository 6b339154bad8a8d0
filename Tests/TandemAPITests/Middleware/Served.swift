// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing

/// What a client is answered, errors included.
struct Served: Equatable {
    let status: Status
    let headers: Headers
    let text: String?

    init(_ response: Response) {
        self.status = response.status
        self.headers = response.headers
        self.text = if case .bytes(let bytes) = response.body { bytes.string } else { nil }
    }

    /// What a handler answers, asked as a server asks it.
    init(of handler: any Handler, to request: Request) async {
        do {
            let immediate = try handler.respondImmediately(to: request)
            if let immediate { self.init(immediate) } else { self.init(try await handler.respond(to: request)) }
        } catch {
            self.init(HTTPError(answering: error).response)
        }
    }
}

/// What a handler that never suspends, and one that may, answer behind middleware, which must be the same.
func answer(
    _ request: Request,
    behind middleware: @autoclosure () throws -> [any Middleware],
    _ handler: @escaping @Sendable (Request) throws -> Response = { _ in Response("Hello") },
    sourceLocation: SourceLocation = #_sourceLocation
) async throws -> Served {
    let immediate = await Served(of: ImmediateHandler(handler).wrapped(in: try middleware()), to: request)
    let slow = await Served(of: ClosureHandler { try handler($0) }.wrapped(in: try middleware()), to: request)
    #expect(immediate == slow, sourceLocation: sourceLocation)
    return slow
}

extension Request {
    /// The same on a connection of a client.
    func from(_ address: String?, isSecure: Bool = false) -> Request {
        var request = self
        request.connection = ConnectionInfo(
            remoteAddress: address,
            remotePort: 4711,
            localAddress: "127.0.0.1:8080",
            isSecure: isSecure
        )
        return request
    }

    /// The same with the fields of one name.
    func with(_ name: String, _ values: String...) -> Request {
        var request = self
        for value in values { request.headers.add(name, value) }
        return request
    }
}

extension Headers {
    /// The values of a field, over all its lines.
    func joined(_ name: String) -> String { self.list(name).joined(separator: ", ") }
}

/// A body that comes in pieces, of which nobody knows how many there are.
struct Pieces: BodySource {
    let pieces: AsyncStream<Bytes>

    init(_ pieces: [Bytes]) {
        let (stream, continuation) = AsyncStream.makeStream(of: Bytes.self)
        for piece in pieces { continuation.yield(piece) }
        continuation.finish()
        self.pieces = stream
    }

    func next() async throws -> Bytes? {
        var iterator = self.pieces.makeAsyncIterator()
        return await iterator.next()
    }

    var trailers: Headers { ["after": "all"] }
}
