// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemSchema

/// The sockets of a namespace that are connected to this process, and their rooms: what an adapter works with.
public final class LocalSockets: Sendable {
    /// The name of the namespace: `/`.
    public let namespace: String
    private let state = Mutex(RoomTable())
    private let acknowledgementID = Atomic(0)
    /// Whether some socket has listeners of what it is sent; only then they are looked for.
    let hasOutgoingListeners = Atomic(false)
    /// Listeners of what other processes emit.
    let serverSideHandlers = Mutex<[SocketIOListener]>([])

    init(namespace: String) {
        self.namespace = namespace
    }

    /// How many sockets there are.
    public var count: Int { self.state.withLock { $0.members.count } }

    /// The rooms that have sockets, other than the own one of each.
    public var rooms: [String] { self.state.withLock { Array($0.rooms.keys) } }

    subscript(id: String) -> SocketIOSocket? { self.state.withLock { $0.members[id]?.socket } }

    /// A number that no other event of the namespace is acknowledged by.
    func nextAcknowledgementID() -> Int {
        self.acknowledgementID.wrappingAdd(1, ordering: .relaxed).oldValue
    }

    // MARK: - Members

    /// Takes a socket in.
    ///
    /// - Parameters:
    ///   - socket: The socket.
    ///   - rooms: The rooms that it is in.
    ///   - welcome: Called before anything is broadcast to it.
    /// - Returns: Whether it is in; `false` where there is one with its id.
    func insert(_ socket: SocketIOSocket, rooms: Set<String>, welcome: () -> Void) -> Bool {
        self.state.withLock { state in
            guard state.members[socket.id] == nil else { return false }
            state.members[socket.id] = RoomTable.Member(socket: socket, rooms: [])
            if let pid = socket.pid { state.returning[pid] = socket }
            state.join(socket, rooms)
            welcome()
            return true
        }
    }

    func remove(_ socket: SocketIOSocket) {
        self.state.withLock { state in
            guard let member = state.members[socket.id], member.socket === socket else { return }
            for room in member.rooms { state.leave(socket, room) }
            state.members[socket.id] = nil
            if let pid = socket.pid { state.returning[pid] = nil }
        }
    }

    /// The socket of a client that names itself by a secret, as one does that comes back.
    func socket(pid: String) -> SocketIOSocket? { self.state.withLock { $0.returning[pid] } }

    func join(_ socket: SocketIOSocket, _ rooms: some Sequence<String>) {
        self.state.withLock { $0.join(socket, rooms) }
    }

    func leave(_ socket: SocketIOSocket, _ room: String) {
        self.state.withLock { $0.leave(socket, room) }
    }

    /// The rooms of a socket, without its own.
    func rooms(of socket: SocketIOSocket) -> Set<String> {
        self.state.withLock { $0.members[socket.id]?.rooms ?? [] }
    }

    /// The sockets that are meant.
    func sockets(_ options: BroadcastOptions) -> [SocketIOSocket] {
        self.state.withLock { $0.sockets(options) }
    }
}
