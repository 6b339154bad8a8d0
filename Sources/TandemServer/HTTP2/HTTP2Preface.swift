// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore

/// The first bytes of a client that speaks HTTP/2 (RFC 9113, section 3.4).
enum HTTP2Preface {
    /// How far the bytes of a connection agree with it.
    enum Match {
        case none, partial, whole
    }

    private static let bytes: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    static func match(_ input: ByteBuffer) -> Match {
        let length = self.bytes.utf8CodeUnitCount
        let count = min(input.readableBytes, length)
        let agrees = input.withUnsafeReadableBytes { input in
            for index in 0..<count where input[index] != self.bytes.utf8Start[index] { return false }
            return true
        }
        guard agrees else { return .none }
        return count == length ? .whole : .partial
    }
}
#endif
