// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension WebSocket {
    /// Sends messages between which nothing else comes, from any thread.
    ///
    /// - Parameters:
    ///   - messages: The messages.
    ///   - isVolatile: Whether they are dropped where the client has not yet taken what was sent before.
    package func post(_ messages: [WebSocketMessage], isVolatile: Bool = false) {
        let link = self.link
        link.onLoop {
            if isVolatile, link.isBehind { return }
            for message in messages { link.deliver(message) }
        }
    }

    /// Sends frames between which nothing else comes to many sockets: one hop for each event loop, not one a socket.
    package static func post(
        _ frames: [WebSocketFrame],
        to sockets: some Sequence<WebSocket>,
        isVolatile: Bool = false
    ) {
        // There are as many loops as processors, so looking through them is the quickest way to find one.
        var loops: [(loop: ObjectIdentifier, links: [any WebSocketLink])] = []
        for socket in sockets {
            let loop = socket.link.loop
            if let index = loops.firstIndex(where: { $0.loop == loop }) {
                loops[index].links.append(socket.link)
            } else {
                loops.append((loop, [socket.link]))
            }
        }
        for (_, links) in loops {
            links.first?.onLoop {
                for link in links where !isVolatile || !link.isBehind {
                    for frame in frames { link.deliver(frame) }
                }
            }
        }
    }
}
