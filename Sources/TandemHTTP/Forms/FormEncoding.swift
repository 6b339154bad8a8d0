// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How the form in a body is written, from the request's content type.
enum FormEncoding: Equatable {
    case urlEncoded
    case multipart(boundary: String)

    /// - Throws: 415 where the content type is not a form's, 400 where it is malformed.
    init(_ headers: Headers) throws(HTTPError) {
        let types = headers.all("content-type")
        guard let text = types.first else { throw .notAForm }
        guard types.count == 1, let type = ParameterizedValue(text) else {
            throw .malformedForm("The Content-Type field is malformed or repeated.")
        }
        switch type.value {
        case "application/x-www-form-urlencoded":
            self = .urlEncoded
        case "multipart/form-data":
            guard let boundary = type["boundary"], Self.isBoundary(boundary) else {
                throw .malformedForm("The Content-Type field needs a boundary of 1 to 70 characters (RFC 2046, 5.1.1).")
            }
            self = .multipart(boundary: boundary)
        default:
            throw .notAForm
        }
    }

    /// Whether a text may separate parts (RFC 2046, section 5.1.1).
    private static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && text.last != " " && text.utf8.allSatisfy(isBoundaryByte)
    }

    private static func isBoundaryByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "'")...UInt8(ascii: ")"),  // ' ( )
            UInt8(ascii: "+")...UInt8(ascii: ":"),  // + , - . / 0 … 9 :
            UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "_"), UInt8(ascii: " "):
            true
        default:
            false
        }
    }
}
