// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// How a `RedisAdapter` speaks; as by the options of `@socket.io/redis-adapter`, by its names.
public struct RedisAdapterSettings: Sendable {
    /// What the channels' names begin with; `socket.io` by itself.
    public var key = "socket.io"
    /// How long the other processes have to answer; 5 seconds by itself.
    public var requestsTimeout: Duration = .seconds(5)
    /// Whether answers go to a channel of whoever asked, and not to one of all; false by itself.
    public var publishOnSpecificResponseChannel = false

    /// Settings, all by themselves.
    public init() {}
}

/// What one process asks of the others; the numbers are those of `@socket.io/redis-adapter`.
enum RedisRequestKind: Int {
    case sockets = 0
    case allRooms
    case remoteJoin
    case remoteLeave
    case remoteDisconnect
    case remoteFetch
    case serverSideEmit
    case broadcast
    case broadcastClientCount
    case broadcastAck
}

/// The channels of a namespace.
struct RedisChannels: Sendable {
    let broadcast: String
    let request: String
    let response: String
    let ownResponse: String

    init(key: String, namespace: String, id: String) {
        self.broadcast = "\(key)#\(namespace)#"
        self.request = "\(key)-request#\(namespace)#"
        self.response = "\(key)-response#\(namespace)#"
        self.ownResponse = self.response + id + "#"
    }

    var subscribed: [String] { [self.request, self.response, self.ownResponse] }

    /// What matches the channel of all, and those of the rooms.
    var pattern: String {
        // A namespace's name may have what patterns give a meaning to.
        let escaped = self.broadcast.map { "*?[]\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return escaped + "*"
    }

    /// The channel of a packet: where one room is meant, that room's.
    func broadcast(_ rooms: Set<String>) -> String {
        if rooms.count == 1, let room = rooms.first { "\(self.broadcast)\(room)#" } else { self.broadcast }
    }

    /// The room that a packet came for, empty for no single one; nil where the channel is another's.
    func room(of channel: String) -> String? {
        guard channel.hasPrefix(self.broadcast) else { return nil }
        return String(channel.dropFirst(self.broadcast.count).dropLast())
    }
}
#endif
