// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A response status (RFC 9110, section 15).
public struct Status: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
    /// The three digits.
    public var code: UInt16

    /// A status by its code.
    ///
    /// - Parameter code: 100 to 999; what lies outside becomes 500.
    public init(_ code: Int) {
        self.code = (100...999).contains(code) ? UInt16(code) : 500
    }

    /// A status by its code.
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// The code and the phrase: `404 Not Found`.
    public var description: String { "\(self.code) \(self.phrase)" }

    /// Whether a response with this status never has a body (RFC 9110, section 6.4.1).
    package var forbidsBody: Bool { self.code < 200 || self.code == 204 || self.code == 304 }

    /// 100 Continue.
    public static var `continue`: Status { 100 }
    /// 101 Switching Protocols.
    public static var switchingProtocols: Status { 101 }
    /// 103 Early Hints.
    public static var earlyHints: Status { 103 }
    /// 200 OK.
    public static var ok: Status { 200 }
    /// 201 Created.
    public static var created: Status { 201 }
    /// 202 Accepted.
    public static var accepted: Status { 202 }
    /// 204 No Content.
    public static var noContent: Status { 204 }
    /// 206 Partial Content.
    public static var partialContent: Status { 206 }
    /// 301 Moved Permanently.
    public static var movedPermanently: Status { 301 }
    /// 302 Found.
    public static var found: Status { 302 }
    /// 303 See Other.
    public static var seeOther: Status { 303 }
    /// 304 Not Modified.
    public static var notModified: Status { 304 }
    /// 307 Temporary Redirect.
    public static var temporaryRedirect: Status { 307 }
    /// 308 Permanent Redirect.
    public static var permanentRedirect: Status { 308 }
    /// 400 Bad Request.
    public static var badRequest: Status { 400 }
    /// 401 Unauthorized.
    public static var unauthorized: Status { 401 }
    /// 403 Forbidden.
    public static var forbidden: Status { 403 }
    /// 404 Not Found.
    public static var notFound: Status { 404 }
    /// 405 Method Not Allowed.
    public static var methodNotAllowed: Status { 405 }
    /// 406 Not Acceptable.
    public static var notAcceptable: Status { 406 }
    /// 408 Request Timeout.
    public static var requestTimeout: Status { 408 }
    /// 409 Conflict.
    public static var conflict: Status { 409 }
    /// 410 Gone.
    public static var gone: Status { 410 }
    /// 411 Length Required.
    public static var lengthRequired: Status { 411 }
    /// 412 Precondition Failed.
    public static var preconditionFailed: Status { 412 }
    /// 413 Content Too Large.
    public static var contentTooLarge: Status { 413 }
    /// 414 URI Too Long.
    public static var uriTooLong: Status { 414 }
    /// 415 Unsupported Media Type.
    public static var unsupportedMediaType: Status { 415 }
    /// 416 Range Not Satisfiable.
    public static var rangeNotSatisfiable: Status { 416 }
    /// 417 Expectation Failed.
    public static var expectationFailed: Status { 417 }
    /// 421 Misdirected Request.
    public static var misdirectedRequest: Status { 421 }
    /// 422 Unprocessable Content.
    public static var unprocessableContent: Status { 422 }
    /// 426 Upgrade Required.
    public static var upgradeRequired: Status { 426 }
    /// 428 Precondition Required.
    public static var preconditionRequired: Status { 428 }
    /// 429 Too Many Requests.
    public static var tooManyRequests: Status { 429 }
    /// 431 Request Header Fields Too Large.
    public static var requestHeaderFieldsTooLarge: Status { 431 }
    /// 500 Internal Server Error.
    public static var internalServerError: Status { 500 }
    /// 501 Not Implemented.
    public static var notImplemented: Status { 501 }
    /// 502 Bad Gateway.
    public static var badGateway: Status { 502 }
    /// 503 Service Unavailable.
    public static var serviceUnavailable: Status { 503 }
    /// 504 Gateway Timeout.
    public static var gatewayTimeout: Status { 504 }
    /// 505 HTTP Version Not Supported.
    public static var httpVersionNotSupported: Status { 505 }
}

extension Status {
    /// The reason phrase from IANA's registry, or an empty string for a code that is not in it.
    public var phrase: String {
        Self.phrases[self.code] ?? ""
    }

    private static let phrases: [UInt16: String] = [
        100: "Continue", 101: "Switching Protocols", 102: "Processing", 103: "Early Hints",
        200: "OK", 201: "Created", 202: "Accepted", 203: "Non-Authoritative Information", 204: "No Content",
        205: "Reset Content", 206: "Partial Content", 207: "Multi-Status", 208: "Already Reported", 226: "IM Used",
        300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        305: "Use Proxy", 307: "Temporary Redirect", 308: "Permanent Redirect",
        400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 407: "Proxy Authentication Required",
        408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required", 412: "Precondition Failed",
        413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 416: "Range Not Satisfiable",
        417: "Expectation Failed", 421: "Misdirected Request", 422: "Unprocessable Content", 423: "Locked",
        424: "Failed Dependency", 425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons",
        500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Gateway Timeout", 505: "HTTP Version Not Supported", 506: "Variant Also Negotiates",
        507: "Insufficient Storage", 508: "Loop Detected", 511: "Network Authentication Required",
    ]
}
