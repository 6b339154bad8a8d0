// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import TandemSchema

/// A client in a namespace.
///
/// ```swift
/// io.onConnection { socket in
///     socket.join("lobby")
///     socket.on("chat message") { (text: String) in io.to("lobby").emit("chat message", text) }
///     socket.on("add") { (a: Int, b: Int) in a + b }
/// }
/// ```
/// A client has one for each namespace that it joins, over one connection. Listeners are dropped when it disconnects, so
/// those that hold on to the socket do not keep it.
public final class SocketIOSocket: Sendable, SocketIOListening {
    /// The name that it can be told apart by, which other clients may know; also the name of its own room.
    public let id: String
    /// Whether the client was away for a moment and has its id, its rooms, its data and what it missed.
    public let recovered: Bool
    /// The namespace that it is in.
    public let namespace: SocketIONamespace
    let client: SocketIOClient
    let auth: JSONObject
    /// The secret that the client names itself by when it comes back.
    let pid: String?
    let state: Mutex<State>

    struct State {
        enum Phase { case opening, connected, closing, closed }

        var phase = Phase.opening
        /// The rooms that it will be in once it is connected.
        var awaitedRooms: Set<String>
        var data: JSONObject
        var listeners = SocketListeners()
        var acknowledgements: [Int: Acknowledged] = [:]
    }

    typealias Acknowledged = @Sendable (Result<SocketIOPayload, SocketIOError>) -> Void

    init(_ namespace: SocketIONamespace, _ client: SocketIOClient, auth: JSONObject, session: SocketIOSession? = nil) {
        self.id = session?.sid ?? SessionID.make()
        self.recovered = session != nil
        self.namespace = namespace
        self.client = client
        self.auth = auth
        let mayReturn = namespace.namespaces.options.connectionStateRecovery != nil
        self.pid = session?.pid ?? (mayReturn ? SessionID.make() : nil)
        self.state = Mutex(State(awaitedRooms: session?.rooms ?? [], data: session?.data ?? JSONObject()))
    }

    /// Whether it is connected; `false` in middleware of the namespace, too.
    public var connected: Bool { self.state.withLock { $0.phase == .connected } }

    /// Whether it is on its way to its end.
    var isClosing: Bool { self.state.withLock { $0.phase == .closing } }

    /// The request that the client connected with, and what it sent to authenticate itself.
    public var handshake: SocketIOHandshake { SocketIOHandshake(self.client.session.handshake, auth: self.auth) }

    /// What is kept with it: other processes see it by `fetchSockets`, and a client that was away gets it back.
    ///
    /// What is written through a subscript of it is read and written one after the other; where several tasks write, use
    /// ``withData(_:)``.
    public var data: JSONObject {
        get { self.state.withLock { $0.data } }
        set { self.state.withLock { $0.data = newValue } }
    }

    /// Changes what is kept with it, while nobody else does.
    public func withData<Result: Sendable>(_ change: (inout JSONObject) throws -> Result) rethrows -> Result {
        try self.state.withLock { try change(&$0.data) }
    }

    var details: SocketDetails {
        SocketDetails(id: self.id, handshake: self.handshake.json, rooms: self.rooms, data: self.data)
    }
}

// MARK: - Rooms

extension SocketIOSocket {
    /// The rooms that it is in, with its own, of its id.
    public var rooms: Set<String> {
        let awaited = self.state.withLock { $0.phase == .opening ? $0.awaitedRooms : nil }
        return (awaited ?? self.namespace.adapter.local.rooms(of: self)).union([self.id])
    }

    /// Joins rooms.
    public func join(_ rooms: String...) { self.join(rooms) }

    /// Joins rooms.
    public func join(_ rooms: some Sequence<String>) {
        let isOpening = self.state.withLock { state in
            guard state.phase == .opening else { return false }
            state.awaitedRooms.formUnion(rooms)
            return true
        }
        if !isOpening { self.namespace.adapter.local.join(self, rooms) }
    }

    /// Leaves a room.
    public func leave(_ room: String) {
        let isOpening = self.state.withLock { state in
            guard state.phase == .opening else { return false }
            state.awaitedRooms.remove(room)
            return true
        }
        if !isOpening { self.namespace.adapter.local.leave(self, room) }
    }
}
