// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What is called for the sockets of a namespace, or of all that a parent makes.
final class NamespaceListeners: Sendable {
    struct Listeners: Sendable {
        var middleware: [@Sendable (SocketIOSocket) async throws -> Void] = []
        var connection: [@Sendable (SocketIOSocket) async throws -> Void] = []
    }

    private let state = Mutex(Listeners())

    var current: Listeners { self.state.withLock { $0 } }

    func add(middleware: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.state.withLock { $0.middleware.append(middleware) }
    }

    func add(connection: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.state.withLock { $0.connection.append(connection) }
    }
}
