// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// What a client gets back that was away for a moment.
public struct SocketIOSession: Sendable {
    /// The id of the socket.
    public var sid: String
    /// The secret that the client names itself by when it comes back.
    public var pid: String
    /// The rooms that it was in; its own, of its id, is not among them.
    public var rooms: Set<String>
    /// What was kept with the socket.
    public var data: JSONObject
    /// The events that it missed, in order, each with its offset as the last argument.
    public var missedPackets: [SocketIOPayload]

    /// A session.
    public init(
        sid: String,
        pid: String,
        rooms: Set<String>,
        data: JSONObject,
        missedPackets: [SocketIOPayload] = []
    ) {
        self.sid = sid
        self.pid = pid
        self.rooms = rooms
        self.data = data
        self.missedPackets = missedPackets
    }

    /// Whether a packet with these options is for it.
    public func receives(_ options: BroadcastOptions) -> Bool {
        let isIn = { (names: Set<String>) in names.contains(self.sid) || !self.rooms.isDisjoint(with: names) }
        return (options.rooms.isEmpty || isIn(options.rooms)) && !isIn(options.except)
    }
}
