// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import TandemHTTP

/// A smaller limit for the bodies of some routes than `Limits.body`, which holds for all.
///
/// ```swift
/// let handler = routes.wrapped(in: [BodyLimit(64 * 1024)])
/// ```
///
/// A body whose announced length is greater is refused at once, with 413 and the code `content-too-large`; one of
/// unknown length is counted as it is read, and the reading throws the same. Behind `Decompression` the unpacked bytes
/// count, in front of it those that were sent.
public struct BodyLimit: ImmediateMiddleware {
    private let limit: Int

    /// Middleware that lets bodies of so many bytes pass.
    public init(_ limit: Int) {
        self.limit = max(0, limit)
    }

    /// Refuses a body that is too long, or has it counted.
    public func receive(_ request: Request) throws -> Reception {
        if let length = request.body.length {
            guard length <= self.limit else { throw HTTPError.contentTooLarge(limit: self.limit) }
        }
        // The server sees to it that no more comes than was announced.
        guard case .stream(let source) = request.body.storage, request.body.length == nil else { return .unchanged }
        var request = request
        request.body = RequestBody(storage: .stream(LimitedSource(source, limit: self.limit)), length: nil)
        return .changed(request)
    }
}

/// Counts what is read of a body.
private final class LimitedSource: BodySource {
    private let source: any BodySource
    private let limit: Int
    private let rest: Atomic<Int>

    init(_ source: any BodySource, limit: Int) {
        self.source = source
        self.limit = limit
        self.rest = Atomic(limit)
    }

    func next() async throws -> Bytes? {
        guard self.rest.load(ordering: .relaxed) >= 0 else { throw HTTPError.contentTooLarge(limit: self.limit) }
        guard let bytes = try await self.source.next() else { return nil }
        guard self.rest.wrappingSubtract(bytes.count, ordering: .relaxed).newValue >= 0 else {
            throw HTTPError.contentTooLarge(limit: self.limit)
        }
        return bytes
    }

    var trailers: Headers { self.source.trailers }
}
