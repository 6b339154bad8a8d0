// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension Response {
    /// A response of one file.
    ///
    /// ```swift
    /// ImmediateHandler { request in
    ///     try Response(file: "/srv/reports/2026.pdf", for: request, downloadName: "Report 2026.pdf")
    /// }
    /// ```
    ///
    /// The path is trusted: it must come from the application. For paths that clients choose there is
    /// ``StaticFiles``.
    ///
    /// - Parameters:
    ///   - path: The path of a regular file.
    ///   - request: The request, whose conditions and ranges are honoured where it is a GET or HEAD (RFC 9110,
    ///     sections 13 and 14); `nil` to send the whole file.
    ///   - contentType: The media type; `nil` to tell it from the file's extension.
    ///   - cacheControl: The value of Cache-Control.
    ///   - downloadName: The name under which browsers save the file rather than show it (RFC 6266).
    /// - Throws: ``HTTPError`` with 404 where there is no such regular file or it may not be read, with 412 or 416
    ///   where a condition or range of the request demands it, with 503 where no file can be opened any more.
    public init(
        file path: String,
        for request: Request? = nil,
        contentType: String? = nil,
        cacheControl: String? = nil,
        downloadName: String? = nil
    ) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw HTTPError.cannotOpenFile() }
        guard let opened = OpenedFile(OpenFile(descriptor: descriptor)), opened.kind == .regular else {
            throw HTTPError.noSuchFile
        }
        var presentation = FileRepresentation.Presentation(contentType: contentType ?? ContentType.of(path.utf8))
        presentation.cacheControl = cacheControl
        presentation.contentDisposition = downloadName.map(Self.attachment)
        let representation = FileRepresentation(opened, presentation)
        if let request, request.method == .get || request.method == .head {
            self = try representation.response(to: request)
        } else {
            self = representation.whole
        }
    }

    /// The value of Content-Disposition, with the name in ASCII for old clients where it is not (RFC 6266).
    private static func attachment(_ name: String) -> String {
        let plain = String(
            decoding: name.unicodeScalars.map { scalar in
                let mayStand = (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\"
                return mayStand ? UInt8(scalar.value) : UInt8(ascii: "_")
            },
            as: UTF8.self
        )
        if plain == name { return "attachment; filename=\"\(name)\"" }
        let hex = Array("0123456789ABCDEF".utf8)
        let encoded = name.utf8.flatMap { byte -> [UInt8] in
            let isAlphanumeric = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
            let mayStand = isAlphanumeric || "!#$&+-.^_`|~".utf8.contains(byte)
            return mayStand ? [byte] : [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(String(decoding: encoded, as: UTF8.self))"
    }
}

extension HTTPError {
    /// What a failed opening says to the client, from `errno`.
    static func cannotOpenFile() -> HTTPError {
        if errno == EMFILE || errno == ENFILE {
            return HTTPError(.serviceUnavailable, "Too many files are open.", code: "too-many-open-files")
        }
        return self.noSuchFile
    }
}
