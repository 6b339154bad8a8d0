// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemSchema

/// A connection with its sockets, one for each namespace that the client has joined.
final class SocketIOClient: EngineReceiver {
    /// The events of a client whose listeners may run at a time; beyond them nothing is read of it: 256.
    static let maxHandling = 256

    let session: EngineSession
    private let namespaces: SocketIONamespaces
    private let state = Mutex(State())

    private struct State {
        var decoder = PacketDecoder()
        var sockets: [SocketIOSocket] = []
        /// Whether it was in some namespace; what comes late for one that it has left is no mistake of its own.
        var hasJoined = false
        var isClosed = false
        var handling = 0
        var waiting: CheckedContinuation<Void, Never>?
    }

    init(_ session: EngineSession, _ namespaces: SocketIONamespaces) {
        self.session = session
        self.namespaces = namespaces
    }

    /// Whether it has not joined a namespace, nor is it joining one.
    var isIdle: Bool { self.state.withLock { !$0.hasJoined && !$0.isClosed } }

    // MARK: - From the client

    func receive(_ message: EngineMessage) async {
        let packet: SocketIOPacket?
        do throws(PacketError) {
            packet = try self.state.withLock { (state) throws(PacketError) in try state.decoder.take(message) }
        } catch {
            return self.session.close(.parseError)
        }
        if let packet { await self.receive(packet) }
    }

    private func receive(_ packet: SocketIOPacket) async {
        let (socket, hasJoined) = self.state.withLock { state in
            (state.sockets.first { $0.namespace.name == packet.namespace }, state.hasJoined)
        }
        if let socket, packet.kind != .connect {
            await socket.receive(packet)
        } else if socket == nil, packet.kind == .connect {
            await self.connect(to: packet.namespace, packet.payload)
        } else if socket != nil || !hasJoined {
            self.session.close(.forcedServerClose)
        }
    }

    /// Nothing else of the client is read meanwhile, so it cannot join more namespaces than one at a time.
    private func connect(to name: String, _ payload: SocketIOPayload?) async {
        let auth = payload.flatMap { try? JSON.decode(JSONObject.self, from: $0.json) } ?? JSONObject()
        guard self.state.withLock({ $0.sockets.count }) < self.namespaces.options.maxNamespacesPerClient else {
            return self.refuse(name, SocketIOError("Too many namespaces"))
        }
        guard let namespace = await self.namespaces.find(name, auth) else {
            return self.refuse(name, SocketIOError("Invalid namespace"))
        }
        await namespace.connect(self, auth)
        namespace.endConnecting()
    }

    /// Tells the client that it may not join a namespace.
    func refuse(_ namespace: String, _ error: SocketIOError) {
        var object: JSONObject = ["message": .string(error.message)]
        object["data"] = error.data
        let payload = SocketIOPayload(object: object)
        self.session.send(SocketIOPacket(.connectError, namespace: namespace, payload: payload).messages)
    }

    // MARK: - Its sockets

    /// Takes a socket in; `false` where the connection has ended.
    func add(_ socket: SocketIOSocket) -> Bool {
        self.state.withLock { state in
            guard !state.isClosed else { return false }
            state.sockets.append(socket)
            state.hasJoined = true
            return true
        }
    }

    func remove(_ socket: SocketIOSocket) {
        self.state.withLock { $0.sockets.removeAll { $0 === socket } }
    }

    /// Disconnects all of its sockets, and closes the connection.
    func disconnect() {
        for socket in self.state.withLock({ $0.sockets }) { socket.disconnect() }
        self.session.close(.forcedServerClose)
    }

    func closed(_ reason: DisconnectReason) {
        let sockets = self.state.withLock { state in
            state.isClosed = true
            return state.sockets
        }
        // Later, as whoever sent the message that was too much may hold a lock.
        if !sockets.isEmpty { Task { for socket in sockets { socket.closed(reason) } } }
    }

    // MARK: - Listeners that run

    /// Waits while too many listeners run.
    func beginHandling() async {
        let isFull = self.state.withLock { state in
            state.handling += 1
            return state.handling > Self.maxHandling
        }
        guard isFull else { return }
        await withCheckedContinuation { continuation in
            let isFree = self.state.withLock { state in
                if state.handling <= Self.maxHandling { return true }
                state.waiting = continuation
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func endHandling() {
        let waiting = self.state.withLock { state in
            state.handling -= 1
            guard state.handling <= Self.maxHandling else { return nil as CheckedContinuation<Void, Never>? }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
