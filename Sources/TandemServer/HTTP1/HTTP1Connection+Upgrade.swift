// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// From HTTP/1 to HTTP/2, for a client that knows beforehand that it may speak that (RFC 9113, section 3.3).
#if HTTP2
extension HTTP1Connection: RemovableChannelHandler {
    /// Whether the connection begins as HTTP/2 does, or may yet; a connection that does is given over to it.
    func speaksHTTP2() -> Bool {
        switch HTTP2Preface.match(self.input) {
        case .none:
            return false
        case .partial:
            if self.awaited != .head { self.wait(for: .head) }
            return true
        case .whole:
            self.becomeHTTP2()
            return true
        }
    }

    private func becomeHTTP2() {
        guard let context = self.channel else { return }
        let bytes = self.input
        self.input = ByteBuffer()
        self.phase = .closed
        let pipeline = context.pipeline.syncOperations
        do {
            try HTTP2Connection.install(
                behind: self,
                in: pipeline,
                loop: self.loop,
                info: self.info,
                isWelcome: true
            )
        } catch {
            return self.abort()
        }
        context.fireChannelRead(NIOAny(bytes))
        context.fireChannelReadComplete()
        pipeline.removeHandler(context: context, promise: nil)
    }
}
#else
extension HTTP1Connection {
    /// HTTP/2 is not built in; its first line is answered with 505.
    func speaksHTTP2() -> Bool { false }
}
#endif
