// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Namespaces that are made once a client asks for them, by what their names have in common.
///
/// ```swift
/// io.of(try Pattern("^/tenant-[0-9]+$")).onConnection { socket in
///     socket.emit("welcome", socket.namespace.name)
/// }
/// ```
/// Middleware and listeners are those of all of them, and so is what is sent.
public final class SocketIOParentNamespace: Sendable, SocketIOBroadcaster {
    let admits: @Sendable (_ name: String, _ auth: JSONObject) async throws -> Bool
    let listeners = NamespaceListeners()
    private let namespaces: SocketIONamespaces

    init(
        _ namespaces: SocketIONamespaces,
        _ admits: @escaping @Sendable (_ name: String, _ auth: JSONObject) async throws -> Bool
    ) {
        self.namespaces = namespaces
        self.admits = admits
    }

    /// All sockets of all of them.
    public var broadcastOperator: BroadcastOperator { BroadcastOperator(ParentAdapter(self)) }

    /// The namespaces that there are at the moment.
    public var children: [SocketIONamespace] { self.namespaces.children(of: self) }

    /// Calls a closure for each client before it joins; where it throws, the client does not.
    public func use(_ middleware: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.listeners.add(middleware: middleware)
    }

    /// Calls a closure for each client that has joined.
    public func onConnection(_ listener: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.listeners.add(connection: listener)
    }
}

/// Does to all namespaces of a parent what one is asked to do.
private struct ParentAdapter: SocketIOAdapter {
    let local = LocalSockets(namespace: "/")
    private let parent: SocketIOParentNamespace

    init(_ parent: SocketIOParentNamespace) {
        self.parent = parent
    }

    func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
        for child in self.parent.children {
            var packet = packet
            packet.namespace = child.name
            child.adapter.broadcast(packet, options)
        }
    }

    func addSockets(_ options: BroadcastOptions, to rooms: [String]) {
        for child in self.parent.children { child.adapter.addSockets(options, to: rooms) }
    }

    func delSockets(_ options: BroadcastOptions, from rooms: [String]) {
        for child in self.parent.children { child.adapter.delSockets(options, from: rooms) }
    }

    func disconnectSockets(_ options: BroadcastOptions, close: Bool) {
        for child in self.parent.children { child.adapter.disconnectSockets(options, close: close) }
    }

    func broadcastWithAck(
        _ packet: SocketIOPacket,
        _ options: BroadcastOptions,
        clientCount: @escaping @Sendable (Int) -> Void,
        acknowledgement: @escaping @Sendable (SocketIOPayload) -> Void
    ) {
        for child in self.parent.children {
            let count = clientCount
            child.adapter.broadcastWithAck(packet, options, clientCount: count, acknowledgement: acknowledgement)
        }
    }

    /// Each of the namespaces counts for itself.
    func serverCount() async throws -> Int {
        var count = 0
        for child in self.parent.children { count += try await child.adapter.serverCount() }
        return count
    }

    func fetchSockets(_ options: BroadcastOptions) async throws -> [SocketDetails] {
        var details: [SocketDetails] = []
        for child in self.parent.children { details += try await child.adapter.fetchSockets(options) }
        return details
    }
}
