// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A packet of Socket.IO's protocol, revision 5.
public struct SocketIOPacket: Sendable, Hashable {
    /// What a packet is for; the numbers are those of the protocol.
    public enum Kind: UInt8, Sendable, Hashable {
        /// A client joins a namespace, or is told that it has.
        case connect = 0
        /// One of the two leaves a namespace.
        case disconnect = 1
        /// An event; with bytes beside it, a `BINARY_EVENT`.
        case event = 2
        /// The answer to an event; with bytes beside it, a `BINARY_ACK`.
        case ack = 3
        /// A client may not join a namespace.
        case connectError = 4
    }

    /// What it is for.
    public var kind: Kind
    /// The namespace that it belongs to: `/`.
    public var namespace: String
    /// The number that an event is acknowledged by, or that an acknowledgement is for.
    public var id: Int?
    /// What it carries; `nil` for nothing.
    public var payload: SocketIOPayload?

    /// A packet.
    public init(_ kind: Kind, namespace: String = "/", id: Int? = nil, payload: SocketIOPayload? = nil) {
        self.kind = kind
        self.namespace = namespace
        self.id = id
        self.payload = payload
    }
}

extension SocketIOPacket {
    /// The messages that it is sent as: its text, and the bytes beside it.
    var messages: [EngineMessage] {
        let attachments = self.payload?.attachments ?? []
        var text = String(self.kind.rawValue + (attachments.isEmpty ? 0 : 3))
        if !attachments.isEmpty { text += "\(attachments.count)-" }
        if self.namespace != "/" { text += "\(self.namespace)," }
        if let id { text += String(id) }
        if let payload { text += payload.json }
        return [.text(text)] + attachments.map { .binary($0) }
    }
}
