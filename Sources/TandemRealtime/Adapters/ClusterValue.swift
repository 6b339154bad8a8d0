// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What servers tell each other, as Socket.IO's adapters write it.
typealias ClusterValue = MessagePackValue

extension ClusterValue {
    static func texts(_ texts: some Sequence<String>) -> ClusterValue { .array(texts.map { .string($0) }) }

    /// An object without the properties that are not there.
    static func object(_ entries: (String, ClusterValue?)...) -> ClusterValue {
        .map(entries.compactMap { key, value in value.map { Entry(key, $0) } })
    }

    /// A packet: its kind, what it carries, its namespace.
    init(_ packet: SocketIOPacket) {
        self = .object(
            ("type", .integer(Int(packet.kind.rawValue))),
            ("data", packet.payload.map { ClusterValue($0) }),
            ("nsp", .string(packet.namespace))
        )
    }

    /// A packet that another server sent; nil where it is none.
    var packet: SocketIOPacket? {
        // Their parsers have numbers for the binary kinds too.
        let numbers: [Int: SocketIOPacket.Kind] = [2: .event, 5: .event, 3: .ack, 6: .ack]
        guard let kind = self["type"]?.integer.flatMap({ numbers[$0] }), let data = self["data"], data.array != nil
        else { return nil }
        return SocketIOPacket(kind, namespace: self["nsp"]?.text ?? "/", payload: data.payload)
    }

    /// Whom something is for; `flags` stand where they do in Node.
    init(_ options: BroadcastOptions, withFlags: Bool) {
        self = .object(
            ("rooms", .texts(options.rooms.sorted())),
            ("except", .texts(options.except.sorted())),
            ("flags", withFlags ? ClusterValue(options.flags) : nil)
        )
    }

    private init(_ flags: BroadcastFlags) {
        self = .object(
            ("volatile", flags.isVolatile ? .bool(true) : nil),
            ("compress", flags.compress.map { .bool($0) }),
            ("timeout", flags.timeout.map { .integer(Int($0 / .milliseconds(1))) })
        )
    }

    /// Whom something is for that another server sent.
    var options: BroadcastOptions {
        var options = BroadcastOptions(
            rooms: Set(self["rooms"]?.texts ?? []),
            except: Set(self["except"]?.texts ?? [])
        )
        guard let flags = self["flags"] else { return options }
        options.flags.isVolatile = flags["volatile"]?.bool ?? false
        options.flags.compress = flags["compress"]?.bool
        options.flags.timeout = flags["timeout"]?.integer.map { .milliseconds($0) }
        return options
    }

    /// A socket.
    init(_ details: SocketDetails) {
        self = .object(
            ("id", .string(details.id)),
            ("handshake", ClusterValue(JSON.object(details.handshake))),
            ("rooms", .texts(details.rooms.sorted())),
            ("data", ClusterValue(JSON.object(details.data)))
        )
    }

    /// A socket of another server; nil where it is none.
    var details: SocketDetails? {
        guard let id = self["id"]?.text else { return nil }
        return SocketDetails(
            id: id,
            handshake: self["handshake"]?.json.object ?? JSONObject(),
            rooms: Set(self["rooms"]?.texts ?? []),
            data: self["data"]?.json.object ?? JSONObject()
        )
    }

    /// A text that begins with `{` is JSON, anything else MessagePack; nil where it is neither.
    init?(jsonOrPacked bytes: [UInt8]) {
        if bytes.first == UInt8(ascii: "{") {
            guard let json = try? JSON.decode(JSON.self, from: String(decoding: bytes, as: UTF8.self)) else {
                return nil
            }
            self.init(json)
        } else {
            guard let value = try? MessagePackReader.read(bytes) else { return nil }
            self = value
        }
    }
}

extension SocketIOPayload {
    /// The first value of an array, which is all that goes to another server of an acknowledgement.
    var firstValue: ClusterValue { ClusterValue(self).array?.first ?? .null }
}
