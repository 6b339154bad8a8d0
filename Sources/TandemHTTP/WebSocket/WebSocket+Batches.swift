// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension WebSocket {
    /// Sends frames between which nothing else comes, from any thread.
    ///
    /// - Parameters:
    ///   - frames: The frames.
    ///   - isVolatile: Whether they are dropped where the client has not yet taken what was sent before.
    package func post(_ frames: [WebSocketFrame], isVolatile: Bool = false) {
        let link = self.link
        link.onLoop {
            if isVolatile, link.isBehind { return }
            for frame in frames { link.deliver(frame) }
        }
    }
}
