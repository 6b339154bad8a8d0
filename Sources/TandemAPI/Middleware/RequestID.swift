// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Gives every request an identifier, in the field `x-request-id` of the request, and of its answer or error.
///
/// ```swift
/// let id = request.headers["x-request-id"]
/// ```
///
/// A client's own is kept where it stands once, has at most 128 characters, and is made of letters, digits and
/// `- _ . : / + = @`. Otherwise one is made: 32 random hexadecimal digits, which can be guessed; let nothing secret
/// hang on them.
public struct RequestID: ImmediateMiddleware {
    private let acceptsClientIDs: Bool
    private let make: @Sendable () -> String

    private static let field = "x-request-id"

    /// Middleware that identifies requests.
    ///
    /// - Parameters:
    ///   - acceptsClientIDs: Whether a client's identifier is kept: true. It may repeat itself, and lie.
    ///   - make: Makes a new identifier, of which one request may take two and use the second.
    public init(
        acceptsClientIDs: Bool = true,
        make: @escaping @Sendable () -> String = { RequestID.random() }
    ) {
        self.acceptsClientIDs = acceptsClientIDs
        self.make = make
    }

    /// Identifies the request.
    public func receive(_ request: Request) -> Reception {
        if self.acceptsClientIDs, Self.isWellFormed(request.headers.all(Self.field)) { return .unchanged }
        var request = request
        request.headers[Self.field] = self.make()
        return .changed(request)
    }

    /// Tells the client the identifier.
    public func finish(_ response: inout Response, to request: Request) {
        response.headers[Self.field] = request.headers[Self.field]
    }

    /// Tells the client the identifier of what went wrong.
    public func finish(_ error: any Error, to request: Request) -> any Error {
        var error = HTTPError(answering: error)
        error.headers[Self.field] = request.headers[Self.field]
        return error
    }

    private static func isWellFormed(_ values: [String]) -> Bool {
        values.count == 1 && (1...128).contains(values[0].utf8.count) && values[0].utf8.allSatisfy(self.mayStand)
    }

    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "@"):
            true
        default:
            false
        }
    }

    /// 32 hexadecimal digits, others each time.
    public static func random() -> String {
        String(hexadecimal: RandomIDs.shared.wide())
    }
}
