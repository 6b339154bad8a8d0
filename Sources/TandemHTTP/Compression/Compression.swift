// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Compresses what is answered, where the client accepts that (RFC 9110, section 12.5.3).
///
/// ```swift
/// let handler = routes.wrapped(in: [Compression()])
/// let packing = Compression(types: Compression.compressibleTypes.union(["application/x-ledger"]))
/// ```
///
/// Left as they are: bodies of other types than `types` and shorter than `minimumSize`, files (whoever serves files
/// sends precompressed siblings, ranges, and lets the kernel copy), parts (206), what has a `content-encoding`, a
/// `content-digest` or a `repr-digest` already, and what says `cache-control: no-transform`.
///
/// A compressed answer says so in `content-encoding`, has a weak `etag` (its bytes are not those that the strong one
/// names), and loses `content-length` and `accept-ranges`. Every answer that could have been compressed says
/// `vary: accept-encoding`. A stream stays one: each write reaches the client at once.
///
/// What a page says in secret beside what an attacker can have it repeat may be guessed from the compressed size
/// (BREACH, CVE-2013-3587): answer such pages with `cache-control: no-transform`, or mask the secret.
public struct Compression: ImmediateMiddleware {
    private let codings: [ContentCoding]
    private let types: Set<String>
    private let minimumSize: Int
    private let inlineLimit: Int

    /// Middleware that compresses what is answered.
    ///
    /// - Parameters:
    ///   - codings: The codings to offer, the first of those that the client likes equally is taken; those that this
    ///     machine lacks are left out.
    ///   - types: The media types worth it, as in `compressibleTypes`.
    ///   - minimumSize: The bytes below which a body of known length is left alone; 1,024.
    ///   - inlineLimit: The bytes that are compressed at once on the event loop, about a millisecond's work; 64 KiB.
    ///     A longer body is sent as a stream, in slices of this size with others served in between.
    public init(
        codings: [ContentCoding] = ContentCoding.available,
        types: Set<String> = Compression.compressibleTypes,
        minimumSize: Int = 1024,
        inlineLimit: Int = 64 * 1024
    ) {
        self.codings = codings.filter { $0 != .identity && $0.isAvailable }
        self.types = types
        self.minimumSize = minimumSize
        self.inlineLimit = inlineLimit
    }

    /// Compresses the response.
    public func finish(_ response: inout Response, to request: Request) {
        if response.status == .notModified { return Self.revalidate(&response, for: request) }
        guard self.isLongEnough(response), let type = self.compressibleType(of: response) else { return }
        response.headers.vary(by: "accept-encoding")
        let coding = AcceptEncoding(request.headers).best(of: self.offers(for: type))
        guard coding != .identity, let body = self.body(response.body, coding, for: request) else { return }
        response.body = body
        response.headers.describe(coding)
    }

    /// Looked at first: most answers are short.
    private func isLongEnough(_ response: Response) -> Bool {
        switch response.body {
        case .empty, .file, .webSocket: false
        case .bytes(let bytes): bytes.count >= self.minimumSize
        case .stream(let stream): stream.length ?? Int.max >= self.minimumSize
        }
    }

    private func compressibleType(of response: Response) -> String? {
        let headers = response.headers
        guard !response.status.forbidsBody, response.status != .partialContent,
            let type = headers["content-type"].map(Self.mediaType), Self.contains(type, in: self.types),
            !["content-encoding", "content-digest", "repr-digest"].contains(where: headers.contains),
            !headers.contains("cache-control")
                || !headers.list("cache-control").contains(where: { $0.lowercased() == "no-transform" })
        else { return nil }
        return type
    }

    /// An event stream lives for hours, and its compressor with it: 100 KB for gzip, 550 for Brotli, 800 for
    /// Zstandard, which a server of many clients cannot spare.
    private func offers(for type: String) -> [ContentCoding] {
        type == "text/event-stream" ? self.codings.filter { $0.library == nil } : self.codings
    }

    /// The body compressed, or `nil` where that brings nothing.
    private func body(_ body: ResponseBody, _ coding: ContentCoding, for request: Request) -> ResponseBody? {
        // The fields are those of GET (RFC 9110, section 9.3.2), and nobody reads the body.
        if request.method == .head { return .stream(BodyStream { _ in }) }
        let slice = self.inlineLimit
        switch body {
        case .bytes(let bytes) where bytes.count <= slice:
            guard var compressor = try? Compressor(coding), let packed = try? compressor.encode(bytes, .finish) else {
                return nil
            }
            return packed.count < bytes.count ? .bytes(packed) : nil
        case .bytes(let bytes):
            return Self.stream(coding, slice: slice, length: nil) { try await $0.write(bytes) }
        case .stream(let stream):
            return Self.stream(coding, slice: slice, length: stream.length, stream.write)
        case .empty, .file, .webSocket:
            return nil
        }
    }

    private static func stream(
        _ coding: ContentCoding,
        slice: Int,
        length: Int?,
        _ write: @escaping @Sendable (BodyWriter) async throws -> Void
    ) -> ResponseBody {
        .stream(
            BodyStream { writer in
                let sink = try CompressingSink(coding, slice: slice, next: writer.sink)
                try await write(BodyWriter(sink))
                try await sink.finish(length: length)
            }
        )
    }

    /// A client that holds the compressed representation, as its weak `if-none-match` shows, has to be told the same
    /// tag again to keep it (RFC 9111, section 4.3.4).
    private static func revalidate(_ response: inout Response, for request: Request) {
        guard let tag = response.headers["etag"], !tag.hasPrefix("W/"),
            request.headers.list("if-none-match").contains(where: { $0 == "W/\(tag)" })
        else { return }
        response.headers["etag"] = "W/\(tag)"
        response.headers.vary(by: "accept-encoding")
    }
}

extension Headers {
    /// Changes the fields of content to those of the same content packed.
    fileprivate mutating func describe(_ coding: ContentCoding) {
        self.remove("content-length")
        self.remove("accept-ranges")
        if let tag = self["etag"], !tag.hasPrefix("W/") { self["etag"] = "W/\(tag)" }
        self.add("content-encoding", coding.rawValue)
    }
}
