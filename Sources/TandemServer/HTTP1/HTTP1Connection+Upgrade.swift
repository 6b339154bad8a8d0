// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

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
            self.transport?.switchToHTTP2(received, info: self.info)
            return true
        }
    }
    #else
    /// HTTP/2 is not built in; its first line is answered with 505.
    func speaksHTTP2() -> Bool { false }
    #endif
}

/// From HTTP/1 to a WebSocket (RFC 6455, section 4.2.2).
extension HTTP1Connection {
    /// Sends the head that says so, and leaves the connection to the WebSocket, with what has arrived behind the
    /// request.
    func become(_ upgrade: WebSocketUpgrade, _ response: Response) -> Production? {
        guard self.phase == .open, let transport = self.transport else {
            self.abort()
            return nil
        }
        self.withOutput { output in
            ResponseEncoder.write(
                headOf: response,
                framing: .none,
                toHead: false,
                connection: .upgrade,
                common: self.loop.commonLines,
                body: nil,
                into: &output
            )
        }
        let exchange = self.currentExchange
        let observation = self.current.observation
        let (received, head) = (self.input.take(), self.output.take())
        self.leave()
        exchange.release()
        let connection = WebSocketConnection(
            upgrade,
            transport: transport,
            loop: self.loop,
            exchange: exchange,
            observation: observation
        )
        transport.handOver(to: connection)
        connection.opened(head: head, received: received)
        return .webSocket(WebSocketSession(connection, upgrade: upgrade))
    }
}
