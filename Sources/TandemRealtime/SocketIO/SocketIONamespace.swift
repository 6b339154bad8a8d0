// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import TandemSchema

/// A part of a server that clients join by its name; they share one connection.
public final class SocketIONamespace: Sendable, SocketIOBroadcaster, SocketIOListening {
    /// Its name: `/admin`.
    public let name: String
    /// What connects it to other processes.
    public let adapter: any SocketIOAdapter
    let namespaces: SocketIONamespaces
    let parent: SocketIOParentNamespace?
    private let listeners: NamespaceListeners
    private let start: Task<Void, Never>
    /// The clients that are about to join.
    private let connecting = Atomic(0)

    init(
        _ name: String,
        _ namespaces: SocketIONamespaces,
        _ adapter: any SocketIOAdapter,
        parent: SocketIOParentNamespace?
    ) {
        self.name = name
        self.namespaces = namespaces
        self.adapter = adapter
        self.parent = parent
        self.listeners = parent?.listeners ?? NamespaceListeners()
        // Without the others, the sockets here have each other still.
        self.start = Task { try? await adapter.start() }
    }

    /// All of its sockets.
    public var broadcastOperator: BroadcastOperator { BroadcastOperator(self.adapter) }

    /// Calls a closure for each client before it joins; where it throws, the client does not.
    ///
    /// The client has the message and the data of a ``SocketIOError``, and `Internal server error` for any other. In the
    /// closure the socket is not connected yet: it can join rooms and have data, and emits nothing.
    public func use(_ middleware: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.listeners.add(middleware: middleware)
    }

    /// Calls a closure for each client that has joined.
    ///
    /// What it listens to before it waits for anything, no event of the client passes by.
    public func onConnection(_ listener: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.listeners.add(connection: listener)
    }

    // MARK: - Between processes

    /// Calls a listener for each event of its name that another process emits with ``serverSideEmit(_:_:)``.
    public func add(_ listener: SocketIOListener) {
        self.adapter.local.serverSideHandlers.withLock { $0.append(listener) }
    }

    /// Sends an event to the other processes, not to clients.
    public func serverSideEmit<each Argument: Schema>(_ event: String, _ arguments: repeat each Argument) {
        self.adapter.serverSideEmit(SocketIOPayload(event: event, repeat each arguments))
    }

    /// Sends an event to the other processes, and returns what each answers.
    ///
    /// - Throws: What the adapter does where some do not answer in time, and `ValidationError` where one answers
    ///   something else.
    public func serverSideEmitWithAck<each Argument: Schema, Answer: Schema>(
        _ event: String,
        _ arguments: repeat each Argument,
        timeout: Duration = .seconds(5),
        as type: Answer.Type = Answer.self
    ) async throws -> [Answer] {
        let payload = SocketIOPayload(event: event, repeat each arguments)
        return try await self.adapter.serverSideEmitWithAck(payload, timeout: timeout).map { try $0.values(as: type) }
    }

    // MARK: - Clients that come and go

    /// Whether it has no socket, and none is about to be there.
    var isEmpty: Bool { self.connecting.load(ordering: .acquiring) == 0 && self.adapter.local.count == 0 }

    func beginConnecting() { self.connecting.add(1, ordering: .acquiringAndReleasing) }

    func endConnecting() {
        self.connecting.subtract(1, ordering: .acquiringAndReleasing)
        self.left()
    }

    func left() { self.namespaces.left(self) }

    /// Has a client join, if the middleware lets it; where it was away for a moment, with what it had.
    func connect(_ client: SocketIOClient, _ auth: JSONObject) async {
        await self.start.value
        let listeners = self.listeners.current
        let returning = ReturningClient(self, client, auth)
        if let returning, await returning.admit(listeners) { return }
        let socket = SocketIOSocket(self, client, auth: auth)
        guard await self.passes(socket, listeners), self.admit(socket) else { return }
        self.begin(socket, listeners)
    }

    /// Whether the middleware lets a client join; where not, it is told.
    func passes(_ socket: SocketIOSocket, _ listeners: NamespaceListeners.Listeners) async -> Bool {
        do {
            for middleware in listeners.middleware { try await middleware(socket) }
            return true
        } catch {
            let refusal = error as? SocketIOError
            if refusal == nil { self.namespaces.report(error, socket) }
            socket.client.refuse(self.name, refusal ?? SocketIOError("Internal server error"))
            return false
        }
    }

    /// Takes a socket in, tells its client, and sends it what it missed.
    func admit(_ socket: SocketIOSocket, _ missedPackets: [SocketIOPayload] = []) -> Bool {
        let rooms = socket.state.withLock { state in
            state.phase = .connected
            return state.awaitedRooms
        }
        let isIn = self.adapter.local.insert(socket, rooms: rooms) {
            var opening: JSONObject = ["sid": .string(socket.id)]
            opening["pid"] = socket.pid.map { .string($0) }
            let connect = SocketIOPacket(.connect, namespace: self.name, payload: SocketIOPayload(object: opening))
            socket.client.session.send(connect.messages)
            for payload in missedPackets {
                socket.client.session.send(SocketIOPacket(.event, namespace: self.name, payload: payload).messages)
            }
        }
        guard isIn else { return false }
        if socket.client.add(socket) { return true }
        socket.state.withLock { $0.phase = .closed }
        self.adapter.local.remove(socket)
        return false
    }

    /// Tells the listeners of a socket that is in.
    func begin(_ socket: SocketIOSocket, _ listeners: NamespaceListeners.Listeners) {
        for listener in listeners.connection {
            Task.immediate {
                do { try await listener(socket) } catch { socket.report(error) }
            }
        }
    }
}
