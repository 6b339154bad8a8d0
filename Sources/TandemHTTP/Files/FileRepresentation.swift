// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A file ready to be answered with: open, and its header fields written out once.
struct FileRepresentation: Sendable {
    let file: OpenFile
    /// In bytes.
    let size: Int
    let coding: ContentCoding?
    let contentType: String
    let validators: Validators
    /// The fields of a 304 (RFC 9110, section 15.4.5), which are those of every answer.
    private let shared: Headers
    /// The fields of a 200.
    private let complete: Headers

    /// What a file is sent with, beside what is told from the file itself.
    struct Presentation {
        var contentType: String
        var coding: ContentCoding?
        /// Whether there are others to negotiate between.
        var varies = false
        var cacheControl: String?
        var contentDisposition: String?
    }

    /// An opened regular file.
    init(_ opened: OpenedFile, _ presentation: Presentation, now: HTTPDate = .now) {
        self.file = opened.file
        self.size = opened.size
        self.coding = presentation.coding
        self.contentType = presentation.contentType
        let stamp =
            UInt64(bitPattern: Int64(opened.modified.second)) &* 1_000_000_000
            &+ UInt64(bitPattern: Int64(opened.modified.nanosecond))
        let tag = [UInt64(opened.size), stamp, opened.inode].map { String($0, radix: 36) }.joined(separator: "-")
        // A date in the future would be one that the client cannot have seen (RFC 9110, section 8.8.2.1).
        let lastModified = min(HTTPDate(secondsSince1970: opened.modified.second), now)
        self.validators = Validators(entityTag: "\"\(tag)\"", lastModified: lastModified)
        var shared = Headers()
        shared.add("etag", "\"\(tag)\"")
        shared.add("last-modified", lastModified.description)
        if let cacheControl = presentation.cacheControl { shared.add("cache-control", cacheControl) }
        if presentation.varies { shared.add("vary", "accept-encoding") }
        self.shared = shared
        shared.add("content-type", presentation.contentType)
        shared.add("accept-ranges", "bytes")
        shared.add("x-content-type-options", "nosniff")
        if let coding = presentation.coding { shared.add("content-encoding", coding.rawValue) }
        if let disposition = presentation.contentDisposition { shared.add("content-disposition", disposition) }
        self.complete = shared
    }

    /// The whole file.
    var whole: Response {
        Response(headers: self.complete, body: self.body(0..<self.size))
    }

    /// The answer to a GET or HEAD: the whole file, parts of it, or that the client has it already.
    ///
    /// - Throws: `HTTPError` with 412 where a condition fails, with 416 where no part asked for exists.
    func response(to request: Request) throws(HTTPError) -> Response {
        guard Validators.concern(request.headers) else { return self.whole }
        switch self.validators.evaluate(request.headers) {
        case .proceed: break
        case .notModified: return Response(status: .notModified, headers: self.shared)
        case .failed:
            throw HTTPError(.preconditionFailed, "The file is not the one that the request's conditions name.")
        }
        guard request.method == .get, request.headers.contains("range"),
            self.validators.allowRange(request.headers)
        else { return self.whole }
        switch ByteRanges(request.headers.all("range"), size: self.size) {
        case .whole:
            return self.whole
        case .unsatisfiable:
            throw HTTPError(
                .rangeNotSatisfiable,
                "The file has \(self.size) bytes, and none of them is in the range asked for.",
                headers: ["content-range": "bytes */\(self.size)", "accept-ranges": "bytes"]
            )
        case .parts(let ranges):
            return self.partial(ranges)
        }
    }

    private func partial(_ ranges: [Range<Int>]) -> Response {
        if ranges.count == 1 {
            var headers = self.complete
            headers.add("content-range", ranges[0].contentRange(of: self.size))
            return Response(status: .partialContent, headers: headers, body: self.body(ranges[0]))
        }
        // What Content-Encoding would mean on several parts is understood differently; the whole is safe.
        guard self.coding == nil else { return self.whole }
        let parts = MultipartRanges(self.file, ranges, size: self.size, contentType: self.contentType)
        var headers = self.shared
        headers.add("content-type", "multipart/byteranges; boundary=\(parts.boundary)")
        headers.add("accept-ranges", "bytes")
        headers.add("x-content-type-options", "nosniff")
        return Response(status: .partialContent, headers: headers, body: .stream(parts.stream))
    }

    private func body(_ range: Range<Int>) -> ResponseBody {
        range.isEmpty ? .empty : .file(FileRegion(file: self.file, offset: range.lowerBound, length: range.count))
    }
}

extension Range<Int> {
    /// The value of Content-Range (RFC 9110, section 14.4) for this part of so many bytes.
    func contentRange(of size: Int) -> String {
        "bytes \(self.lowerBound)-\(self.upperBound - 1)/\(size)"
    }
}
