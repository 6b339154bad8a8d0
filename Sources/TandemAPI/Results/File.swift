// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// A file, or the part of it that was asked for: 200, or 206, 304, 412 and 416 as its conditions and ranges want.
///
/// ```swift
/// @GET("report") func report() -> File { File("/srv/reports/2026.pdf", downloadName: "Report 2026.pdf") }
/// ```
/// The path must come from the application; for names that clients choose there is `routes.files(_:directory:)`.
public struct File: EndpointResult {
    /// The path of a regular file.
    public var path: String
    /// The media type; `nil` to tell it from the file's extension.
    public var contentType: String?
    /// The value of Cache-Control.
    public var cacheControl: String?
    /// The name under which browsers save the file rather than show it (RFC 6266).
    public var downloadName: String?

    /// A file and how it is sent.
    public init(
        _ path: String,
        contentType: String? = nil,
        cacheControl: String? = nil,
        downloadName: String? = nil
    ) {
        self.path = path
        self.contentType = contentType
        self.cacheControl = cacheControl
        self.downloadName = downloadName
    }

    /// The file.
    ///
    /// - Throws: `HTTPError` with 404 where there is none, with 412 or 416 where a condition or a range wants that.
    public func response(to call: Call) throws -> Response {
        try Response(
            file: self.path,
            for: call.request,
            contentType: self.contentType,
            cacheControl: self.cacheControl,
            downloadName: self.downloadName
        )
    }

    /// Bytes of any type.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        var result = ResultDescription(.ok, contentType: "*/*", schema: JSONSchema())
        result.errors = [HTTPError(.notFound, "There is no such file.", code: "no-such-file")]
        return result
    }
}
