// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization
import TandemHTTP

/// A WebSocket as its handler's task sees it: each call goes to the event loop, at once where the task is there already.
struct BoundWebSocket: WebSocketLink {
    let connection: NIOLoopBound<WebSocketConnection>

    /// Tells waits apart, so that one that is cancelled late does not end the next.
    private static let waits = Atomic<Int>(0)

    private var eventLoop: any EventLoop { self.connection.eventLoop }

    var loop: ObjectIdentifier { ObjectIdentifier(self.connection.eventLoop) }

    func onLoop(_ body: @escaping @Sendable () -> Void) {
        if self.eventLoop.inEventLoop { body() } else { self.eventLoop.execute(body) }
    }

    func next() async throws(WebSocketError) -> WebSocketMessage? {
        let inEventLoop = self.eventLoop.inEventLoop
        if inEventLoop, let message = self.connection.value.takeMessage() { return message }
        let id = Self.waits.add(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = WebSocketConnection.Waiter<WebSocketMessage?>(id: id, continuation: continuation)
                if inEventLoop {
                    self.connection.value.next(waiter)
                } else {
                    self.eventLoop.execute { self.connection.value.next(waiter) }
                    // A cancellation before this was enqueued went there before it.
                    if Task.isCancelled { self.eventLoop.execute { self.connection.value.cancelReader(id) } }
                }
            }
        } onCancel: {
            self.eventLoop.execute { self.connection.value.cancelReader(id) }
        }
        return try result.get()
    }

    func send(_ message: WebSocketMessage) async throws(WebSocketError) {
        let inEventLoop = self.eventLoop.inEventLoop
        if inEventLoop, try self.connection.value.send(message) { return }
        let id = Self.waits.add(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waiter = WebSocketConnection.Waiter<Void>(id: id, continuation: continuation)
                if inEventLoop {
                    self.connection.value.send(message, waiter)
                } else {
                    self.eventLoop.execute { self.connection.value.send(message, waiter) }
                    if Task.isCancelled { self.eventLoop.execute { self.connection.value.cancelWriter(id) } }
                }
            }
        } onCancel: {
            self.eventLoop.execute { self.connection.value.cancelWriter(id) }
        }
        try result.get()
    }

    func deliver(_ frame: WebSocketFrame) {
        self.connection.value.deliver(frame)
    }

    func deliver(_ message: WebSocketMessage) {
        self.connection.value.deliver(message)
    }

    var isBehind: Bool { self.connection.value.isBehind }

    func close(_ code: WebSocketCloseCode, reason: String) {
        self.onLoop { self.connection.value.close(code, reason: reason) }
    }
}

/// What serves a WebSocket's messages.
struct WebSocketSession: Sendable {
    private let link: BoundWebSocket
    private let upgrade: WebSocketUpgrade

    /// To be called on the connection's loop.
    init(_ connection: WebSocketConnection, upgrade: WebSocketUpgrade) {
        self.link = BoundWebSocket(connection: NIOLoopBound(connection, eventLoop: connection.loop.eventLoop))
        self.upgrade = upgrade
    }

    /// What runs the handler; to be called on the connection's loop.
    var exchange: Exchange { self.link.connection.value.exchange }

    /// Runs the handler to its end, and closes.
    func serve() async {
        let link = self.link
        do {
            try await self.upgrade.serve(WebSocket(link, subprotocol: self.upgrade.subprotocol))
            link.onLoop { link.connection.value.served(nil) }
        } catch {
            link.onLoop { link.connection.value.served(error) }
        }
    }
}
