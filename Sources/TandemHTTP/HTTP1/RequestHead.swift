// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

/// What precedes a request's body on an HTTP/1 connection.
package struct RequestHead: Sendable {
    package var method: Method
    package var target: ByteBuffer
    /// The authority of an absolute-form target, which overrules Host (RFC 9112, section 3.2.2).
    package var authority: ByteBuffer?
    package var version: Version
    package var headers: Headers
    package var framing: BodyFraming
    package var keepsAlive: Bool
    package var expectsContinue: Bool
    package var asksUpgrade: Bool
}

/// How the end of a request's body is found (RFC 9112, section 6).
package enum BodyFraming: Sendable, Hashable {
    case none
    case length(Int)
    case chunked
}
