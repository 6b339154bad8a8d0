// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Unpacks the bodies of requests (RFC 9110, section 8.4).
///
/// ```swift
/// let handler = routes.wrapped(in: [Decompression(limit: limits.body), Compression()])
/// ```
///
/// The body is unpacked as it is read, so a bomb costs at most a chunk of 64 KiB more than what was read of it. The
/// handler sees the request without `content-encoding` and `content-length`. Up to two codings on one another are
/// undone.
///
/// A coding that is not understood is answered with 415 and `accept-encoding` (RFC 9110, section 15.5.16); while the
/// body is read, malformed or unfinished content throws 400, and more than `limit` bytes 413.
public struct Decompression: Middleware {
    private let limit: Int

    /// No honest client packs more than twice.
    private static let mostCodings = 2

    /// Middleware that unpacks bodies.
    ///
    /// - Parameter limit: The most bytes that a body may have unpacked, and at each coding on the way; 16 MiB.
    public init(limit: Int = Limits().body) {
        self.limit = limit
    }

    /// Hands on the request unpacked.
    public func respond(to request: Request, next: Next) async throws -> Response {
        try await next(self.decoded(request))
    }

    /// Hands on at once a request that is not packed; a packed one is for somebody who reads it, which takes time.
    public func respondImmediately(to request: Request, next: Next) throws -> Response? {
        request.headers.contains("content-encoding") ? nil : try next.immediately(request)
    }

    private func decoded(_ request: Request) throws -> Request {
        guard request.headers.contains("content-encoding") else { return request }
        let codings = try Self.codings(of: request.headers)
        var request = request
        request.headers.remove("content-encoding")
        request.headers.remove("content-length")
        // The last in the list was put on last.
        for coding in codings.reversed() where request.body.complete?.isEmpty != true {
            let source = try DecodingSource(coding, request.body, limit: self.limit)
            request.body = RequestBody(storage: .stream(source), length: nil)
        }
        return request
    }

    private static func codings(of headers: Headers) throws -> [ContentCoding] {
        let codings = try headers.list("content-encoding").compactMap { name in
            guard let coding = ContentCoding(token: name), coding.isAvailable else {
                throw self.unsupported("The body has a content coding that is not understood.")
            }
            return coding == .identity ? nil : coding
        }
        guard codings.count <= self.mostCodings else {
            throw self.unsupported("The body has more than \(self.mostCodings) content codings.")
        }
        return codings
    }

    private static func unsupported(_ detail: String) -> HTTPError {
        let accepted = ContentCoding.available.map(\.rawValue).joined(separator: ", ")
        return HTTPError(
            .unsupportedMediaType,
            "\(detail) These are: \(accepted).",
            code: "unsupported-content-coding",
            headers: ["accept-encoding": accepted]
        )
    }
}
