// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemSchema

/// The namespaces of a server: those that the application has, and those that were made for clients.
final class SocketIONamespaces: Sendable {
    /// The namespaces that are made for clients; beyond them, empty ones go, and then no more are made: 10,000.
    static let maxChildren = 10_000

    let options: SocketIOOptions
    private let makeAdapter: @Sendable (LocalSockets) -> any SocketIOAdapter
    private let state = Mutex(State())

    private struct State {
        var namespaces: [String: SocketIONamespace] = [:]
        var parents: [SocketIOParentNamespace] = []
        var childCount = 0
        var errorListeners: [@Sendable (any Error, SocketIOSocket) -> Void] = []
    }

    init(_ options: SocketIOOptions, _ makeAdapter: @escaping @Sendable (LocalSockets) -> any SocketIOAdapter) {
        self.options = options
        self.makeAdapter = makeAdapter
    }

    /// The namespace of a name; made where there is none.
    func namespace(_ name: String) -> SocketIONamespace {
        self.state.withLock { state in
            if let namespace = state.namespaces[name] { return namespace }
            let namespace = SocketIONamespace(name, self, self.makeAdapter(LocalSockets(namespace: name)), parent: nil)
            state.namespaces[name] = namespace
            return namespace
        }
    }

    /// Has clients join namespaces that a parent says there are.
    func add(_ parent: SocketIOParentNamespace) { self.state.withLock { $0.parents.append(parent) } }

    var all: [SocketIONamespace] { self.state.withLock { Array($0.namespaces.values) } }

    /// The namespaces that were made for clients by a parent.
    func children(of parent: SocketIOParentNamespace) -> [SocketIONamespace] { self.all.filter { $0.parent === parent } }

    /// The namespace that a client asks for, in which one is now connecting; `nil` where there is none and none is made.
    func find(_ name: String, _ auth: JSONObject) async -> SocketIONamespace? {
        let (found, parents) = self.state.withLock { state in
            state.namespaces[name]?.beginConnecting()
            return (state.namespaces[name], state.parents)
        }
        if let found { return found }
        for parent in parents where (try? await parent.admits(name, auth)) == true {
            return self.child(name, of: parent)
        }
        return nil
    }

    private func child(_ name: String, of parent: SocketIOParentNamespace) -> SocketIONamespace? {
        self.state.withLock { state in
            if let namespace = state.namespaces[name] {
                namespace.beginConnecting()
                return namespace
            }
            if state.childCount >= Self.maxChildren {
                for namespace in state.namespaces.values where namespace.parent != nil && namespace.isEmpty {
                    state.namespaces[namespace.name] = nil
                    state.childCount -= 1
                }
            }
            guard state.childCount < Self.maxChildren else { return nil }
            let adapter = self.makeAdapter(LocalSockets(namespace: name))
            let namespace = SocketIONamespace(name, self, adapter, parent: parent)
            namespace.beginConnecting()
            state.namespaces[name] = namespace
            state.childCount += 1
            return namespace
        }
    }

    /// Lets a namespace go that was made for clients and has none any more, where that was asked for.
    func left(_ namespace: SocketIONamespace) {
        guard self.options.cleanupEmptyChildNamespaces, namespace.parent != nil else { return }
        let isGone = self.state.withLock { state in
            guard state.namespaces[namespace.name] === namespace, namespace.isEmpty else { return false }
            state.namespaces[namespace.name] = nil
            state.childCount -= 1
            return true
        }
        if isGone { Task { await namespace.adapter.close() } }
    }

    // MARK: - Errors

    func onError(_ listener: @escaping @Sendable (any Error, SocketIOSocket) -> Void) {
        self.state.withLock { $0.errorListeners.append(listener) }
    }

    func report(_ error: any Error, _ socket: SocketIOSocket) {
        for listener in self.state.withLock({ $0.errorListeners }) { listener(error, socket) }
    }
}
