// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What is called for a socket.
struct SocketListeners: Sendable {
    var events: [SocketIOListener] = []
    var any: [@Sendable (SocketIOEvent) -> Void] = []
    var anyOutgoing: [@Sendable (SocketIOEvent) -> Void] = []
    var middleware: [@Sendable (SocketIOEvent) async throws -> Void] = []
    var disconnecting: [@Sendable (DisconnectReason) async -> Void] = []
    var disconnect: [@Sendable (DisconnectReason) async -> Void] = []
    var error: [@Sendable (any Error) -> Void] = []
}

extension SocketIOSocket {
    /// Calls a listener for each event of its name.
    public func add(_ listener: SocketIOListener) { self.listen { $0.events.append(listener) } }

    /// Drops the listeners of an event.
    public func off(_ event: String) { self.listen { $0.events.removeAll { $0.name == event } } }

    /// Listens to all events of the client, before the listeners of each.
    public func onAny(_ listener: @escaping @Sendable (SocketIOEvent) -> Void) {
        self.listen { $0.any.append(listener) }
    }

    /// Drops the listeners of all events.
    public func offAny() { self.listen { $0.any = [] } }

    /// Listens to all events that are sent to the client.
    public func onAnyOutgoing(_ listener: @escaping @Sendable (SocketIOEvent) -> Void) {
        self.namespace.adapter.local.hasOutgoingListeners.store(true, ordering: .relaxed)
        self.listen { $0.anyOutgoing.append(listener) }
    }

    /// Drops the listeners of all events that are sent.
    public func offAnyOutgoing() { self.listen { $0.anyOutgoing = [] } }

    /// Has each event go through a closure before its listeners; where it throws, they do not see the event, and the
    /// listeners of errors have what it threw.
    public func use(_ middleware: @escaping @Sendable (SocketIOEvent) async throws -> Void) {
        self.listen { $0.middleware.append(middleware) }
    }

    /// Is told that the client is going, while it is still in its rooms.
    public func onDisconnecting(_ listener: @escaping @Sendable (DisconnectReason) async -> Void) {
        self.listen { $0.disconnecting.append(listener) }
    }

    /// Is told that the client has gone.
    public func onDisconnect(_ listener: @escaping @Sendable (DisconnectReason) async -> Void) {
        self.listen { $0.disconnect.append(listener) }
    }

    /// Is told what listeners and middleware of the socket throw, and which arguments could not be read.
    public func onError(_ listener: @escaping @Sendable (any Error) -> Void) {
        self.listen { $0.error.append(listener) }
    }

    private func listen(_ change: (inout SocketListeners) -> Void) {
        self.state.withLock { state in
            if state.phase == .opening || state.phase == .connected { change(&state.listeners) }
        }
    }

    /// Tells the listeners of errors, those of the server too.
    func report(_ error: any Error) {
        for listener in self.state.withLock({ $0.listeners.error }) { listener(error) }
        self.namespace.namespaces.report(error, self)
    }

    func tellOutgoingListeners(_ payload: SocketIOPayload) {
        let listeners = self.state.withLock { $0.listeners.anyOutgoing }
        guard !listeners.isEmpty, let event = SocketIOEvent(payload) else { return }
        for listener in listeners { listener(event) }
    }
}
