// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The parts of a `multipart/form-data` body, in order, as they arrive; gone over once.
///
/// A part that is not read, or not to its end, is skipped. Reading stops where the client sends no more, so the whole
/// never needs to fit in memory.
///
/// ```swift
/// for try await part in try request.multipart() {
///     if part.filename == nil {
///         fields.add(part.name, try await part.body.collect(upTo: 1_000))
///     } else {
///         for try await bytes in part.body { try await store.write(bytes) }
///     }
/// }
/// ```
public struct MultipartBody: AsyncSequence, Sendable {
    /// A part.
    public typealias Element = MultipartPart

    private let reader: MultipartReader

    init(_ body: RequestBody, boundary: String, limits: FormLimits) {
        self.reader = MultipartReader(body, boundary: boundary, limits: limits)
    }

    /// Goes over the parts as they arrive.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let reader: MultipartReader

        /// The next part, or `nil` at the end; what was left of the part before is skipped.
        ///
        /// - Throws: ``HTTPError`` with 400 where the body is malformed, with 413 where it passes one of the limits.
        public mutating func next() async throws -> MultipartPart? {
            try await self.reader.nextPart()
        }
    }

    /// Goes over the parts as they arrive.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: self.reader) }
}

/// A part of a `multipart/form-data` body: a field, or a file (RFC 7578, section 4).
public struct MultipartPart: Sendable {
    /// The name of the form's field.
    public let name: String
    /// The name that the client gives the file, or `nil` where the part is not a file.
    ///
    /// It is what a client claims: never make a path of it. A browser sends an empty name where no file was chosen.
    public let filename: String?
    /// The header fields of the part.
    public let headers: Headers
    /// The bytes, to be read before the next part is asked for.
    public let body: RequestBody

    /// The media type that the client claims; `nil` stands for `text/plain`.
    public var contentType: String? { self.headers["content-type"] }
}

extension Request {
    /// The parts of the form in the body, as they arrive.
    ///
    /// - Parameter limits: The number of parts and the size of their header fields; the limits on fields and files
    ///   are those of ``form(limits:temporaryDirectory:)``.
    /// - Returns: The parts, to be gone over once.
    /// - Throws: ``HTTPError`` with 415 where the content type is not `multipart/form-data`, with 400 where it has no
    ///   boundary.
    public func multipart(limits: FormLimits = FormLimits()) throws -> MultipartBody {
        guard case .multipart(let boundary) = try FormEncoding(self.headers) else { throw HTTPError.notMultipart }
        return MultipartBody(self.body, boundary: boundary, limits: limits)
    }
}
