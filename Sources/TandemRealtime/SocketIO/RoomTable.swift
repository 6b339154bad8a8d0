// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Who is in which room, of one namespace in one process.
struct RoomTable {
    struct Member {
        let socket: SocketIOSocket
        /// Without its own, of its id, which needs no place.
        var rooms: Set<String>
    }

    /// The sockets by their ids.
    var members: [String: Member] = [:]
    private(set) var rooms: [String: [ObjectIdentifier: SocketIOSocket]] = [:]

    mutating func join(_ socket: SocketIOSocket, _ rooms: some Sequence<String>) {
        guard self.members[socket.id]?.socket === socket else { return }
        for room in rooms where room != socket.id {
            self.members[socket.id]?.rooms.insert(room)
            self.rooms[room, default: [:]][ObjectIdentifier(socket)] = socket
        }
    }

    mutating func leave(_ socket: SocketIOSocket, _ room: String) {
        guard self.members[socket.id]?.socket === socket else { return }
        self.members[socket.id]?.rooms.remove(room)
        self.rooms[room]?[ObjectIdentifier(socket)] = nil
        if self.rooms[room]?.isEmpty == true { self.rooms[room] = nil }
    }

    /// Adds the sockets of a room, or the one whose id it is.
    private func add(_ room: String, to sockets: inout [ObjectIdentifier: SocketIOSocket]) {
        if let own = self.members[room]?.socket { sockets[ObjectIdentifier(own)] = own }
        if let others = self.rooms[room] { sockets.merge(others) { socket, _ in socket } }
    }

    func sockets(_ options: BroadcastOptions) -> [SocketIOSocket] {
        var excluded: [ObjectIdentifier: SocketIOSocket] = [:]
        for room in options.except { self.add(room, to: &excluded) }
        var included: [SocketIOSocket]
        switch options.rooms.count {
        case 0:
            included = self.members.values.map(\.socket)
        case 1:
            let room = options.rooms.first ?? ""
            included = self.rooms[room].map { Array($0.values) } ?? []
            if let own = self.members[room]?.socket, self.rooms[room]?[ObjectIdentifier(own)] == nil {
                included.append(own)
            }
        default:
            var sockets: [ObjectIdentifier: SocketIOSocket] = [:]
            for room in options.rooms { self.add(room, to: &sockets) }
            included = Array(sockets.values)
        }
        if !excluded.isEmpty { included.removeAll { excluded[ObjectIdentifier($0)] != nil } }
        return included
    }
}
