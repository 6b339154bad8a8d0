// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What servers tell each other over an adapter that has one channel for all; the numbers and names are those of
/// Socket.IO's `ClusterAdapter`.
enum ClusterMessageKind: Int, Sendable {
    case initialHeartbeat = 1
    case heartbeat
    case broadcast
    case socketsJoin
    case socketsLeave
    case disconnectSockets
    case fetchSockets
    case fetchSocketsResponse
    case serverSideEmit
    case serverSideEmitResponse
    case broadcastClientCount
    case broadcastAck
    case adapterClose
}

/// A message to all, or an answer that only one of them needs.
struct ClusterMessage: Sendable {
    let kind: ClusterMessageKind
    let sender: String
    let namespace: String
    let data: ClusterValue?

    var value: ClusterValue {
        .object(
            ("uid", .string(self.sender)),
            ("nsp", .string(self.namespace)),
            ("type", .integer(self.kind.rawValue)),
            ("data", self.data)
        )
    }

    init(_ kind: ClusterMessageKind, from sender: String, _ namespace: String, _ data: ClusterValue?) {
        self.kind = kind
        self.sender = sender
        self.namespace = namespace
        self.data = data
    }

    /// A message that came; nil where it is none.
    init?(_ value: ClusterValue) {
        guard let kind = value["type"]?.integer.flatMap(ClusterMessageKind.init) else { return nil }
        self.init(kind, from: value["uid"]?.text ?? "", value["nsp"]?.text ?? "/", value["data"])
    }
}
