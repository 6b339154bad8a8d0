// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// What the fixture answers, path by path.
///
/// - `/`: a greeting, at once
/// - `/echo`: the request's body, as it comes
/// - `/slow`: a greeting, after 50 milliseconds
/// - `/bytes/N`: so many bytes, written bit by bit
/// - `/upload`: how many bytes the request's body has
/// - `/file/NAME`: a file of the folder
struct FixtureRoutes: Handler {
    let files: StaticFiles?

    private static let part = Bytes(Array(repeating: UInt8(ascii: "x"), count: 64 * 1024))

    func respondImmediately(to request: Request) throws -> Response? {
        let path = request.path
        if path == "/" { return Response("Hello, World!") }
        if path.hasPrefix("/file/"), let files = self.files { return try files.respondImmediately(to: request) }
        return nil
    }

    func respond(to request: Request) async throws -> Response {
        switch request.path {
        case "/echo":
            let body = request.body
            return Response(contentType: "application/octet-stream", length: body.length) { writer in
                for try await bytes in body { try await writer.write(bytes) }
            }
        case "/slow":
            try await ContinuousClock().sleep(for: .milliseconds(50))
            return Response("Hello, at last!")
        case "/upload":
            var count = 0
            for try await bytes in request.body { count += bytes.count }
            return Response("\(count)")
        case let path where path.hasPrefix("/bytes/"):
            guard let count = Int(path.dropFirst("/bytes/".count)), count >= 0 else { throw HTTPError(.badRequest) }
            return Self.bytes(count)
        default:
            throw HTTPError(.notFound, "There is no \(request.path) here.")
        }
    }

    private static func bytes(_ count: Int) -> Response {
        Response(contentType: "application/octet-stream", length: count) { writer in
            var left = count
            while left > 0 {
                try await writer.write(left < self.part.count ? self.part[0..<left] : self.part)
                left -= self.part.count
            }
        }
    }
}
