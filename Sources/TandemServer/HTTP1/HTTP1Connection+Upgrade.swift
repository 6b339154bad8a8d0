// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// From HTTP/1 to HTTP/2, for a client that knows beforehand that it may speak that (RFC 9113, section 3.3).
extension HTTP1Connection {
    #if HTTP2
    /// Whether the connection begins as HTTP/2 does, or may yet; a connection that does is given over to it.
    func speaksHTTP2() -> Bool {
        guard let input = self.input else { return false }
        switch HTTP2Preface.match(input) {
        case .none:
            return false
        case .partial:
            if self.awaited != .head { self.wait(for: .head) }
            return true
        case .whole:
            let received = ByteBuffer(bytes: input.readableBytesView)
            self.input = nil
            self.transport?.switchToHTTP2(received)
            return true
        }
    }
    #else
    /// HTTP/2 is not built in; its first line is answered with 505.
    func speaksHTTP2() -> Bool { false }
    #endif
}
