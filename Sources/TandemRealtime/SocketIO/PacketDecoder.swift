// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

/// Makes packets of messages; one that has bytes beside it is several.
package struct PacketDecoder: Sendable {
    /// What a packet may have.
    package struct Limits: Sendable {
        /// The pieces of bytes beside its text: 10.
        package var attachments = 10
        /// How deep arrays and objects may stand in each other: 128.
        package var depth = 128
        /// The bytes of the name of a namespace: 256.
        package var namespaceBytes = 256

        package init() {}
    }

    private let limits: Limits
    /// A packet whose bytes have not all come, and those that have.
    private var packet: SocketIOPacket?
    private var missing = 0
    private var attachments: [Bytes] = []

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes a message.
    ///
    /// - Returns: The packet that is whole with it; `nil` where bytes are missing.
    /// - Throws: `PacketError` where it is none, or one that its place does not allow.
    package mutating func take(_ message: EngineMessage) throws(PacketError) -> SocketIOPacket? {
        switch message {
        case .text(let text):
            guard self.packet == nil else { throw .textAmongAttachments }
            let (packet, count) = try self.read(text)
            if count == 0 { return packet }
            self.packet = packet
            self.missing = count
            return nil
        case .binary(let bytes):
            guard var packet else { throw .strayAttachment }
            self.attachments.append(bytes)
            guard self.attachments.count == self.missing else { return nil }
            packet.payload = SocketIOPayload(json: packet.payload?.json ?? "", attachments: self.attachments)
            self.packet = nil
            self.attachments = []
            return packet
        }
    }

    /// Reads a text: `51-/admin,456["project:delete",{"_placeholder":true,"num":0}]`.
    private func read(_ text: String) throws(PacketError) -> (SocketIOPacket, attachments: Int) {
        var rest = text.utf8[...]
        guard let digit = rest.popFirst(), (UInt8(ascii: "0")...UInt8(ascii: "6")).contains(digit) else {
            throw .unknownKind
        }
        let number = digit - UInt8(ascii: "0")
        guard let kind = SocketIOPacket.Kind(rawValue: number > 4 ? number - 3 : number) else { throw .unknownKind }
        var count = 0
        if number > 4 {
            guard let announced = try Self.integer(&rest), rest.popFirst() == UInt8(ascii: "-") else {
                throw .malformedAttachmentCount
            }
            guard announced <= self.limits.attachments else { throw .tooManyAttachments }
            count = announced
        }
        var packet = SocketIOPacket(kind)
        if rest.first == UInt8(ascii: "/") {
            let name = rest.prefix { $0 != UInt8(ascii: ",") }
            guard name.count <= self.limits.namespaceBytes else { throw .namespaceTooLong }
            rest = rest[name.endIndex...].dropFirst()
            packet.namespace = String(Substring(name))
        }
        packet.id = try Self.integer(&rest)
        if !rest.isEmpty { packet.payload = SocketIOPayload(json: String(Substring(rest))) }
        try self.check(packet)
        return (packet, count)
    }

    /// Takes digits, at most as many as the largest integer of JavaScript has.
    private static func integer(_ rest: inout Substring.UTF8View) throws(PacketError) -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if digits.isEmpty { return nil }
        guard digits.count <= 16, let value = Int(Substring(digits)) else { throw .numberTooLong }
        rest = rest[digits.endIndex...]
        return value
    }

    /// Checks that a packet has what its kind needs, and nothing else.
    private func check(_ packet: SocketIOPacket) throws(PacketError) {
        let isWhole =
            switch packet.kind {
            case .connect: packet.id == nil && (packet.payload?.isObject(self.limits) ?? true)
            case .disconnect: packet.id == nil && packet.payload == nil
            case .event: packet.payload?.isEvent(self.limits) == true
            case .ack: packet.id != nil && packet.payload?.isArray(self.limits) == true
            // What a server sends alone.
            case .connectError: false
            }
        guard isWhole else { throw .invalidPayload }
    }
}

extension SocketIOPayload {
    private func isWhole(
        _ limits: PacketDecoder.Limits,
        _ check: (inout JSONReader) throws -> Bool
    ) -> Bool {
        let limits = JSONLimits(bytes: .max, depth: limits.depth)
        return (try? JSONReader.read(self.json, limits: limits, check)) == true
    }

    fileprivate func isObject(_ limits: PacketDecoder.Limits) -> Bool {
        guard self.json.utf8.first == UInt8(ascii: "{") else { return false }
        return self.isWhole(limits) { reader in
            try reader.skipValue()
            return true
        }
    }

    fileprivate func isArray(_ limits: PacketDecoder.Limits) -> Bool {
        guard self.json.utf8.first == UInt8(ascii: "[") else { return false }
        return self.isWhole(limits) { reader in
            try reader.skipValue()
            return true
        }
    }

    /// Whether it is an array that begins with a name that clients may give.
    fileprivate func isEvent(_ limits: PacketDecoder.Limits) -> Bool {
        guard self.json.utf8.first == UInt8(ascii: "[") else { return false }
        return self.isWhole(limits) { reader in
            var isFirst = true
            guard try reader.beginArray(), try reader.nextElement(&isFirst) else { return false }
            guard let name = try reader.eventName(), !SocketIOEvent.reservedNames.contains(name) else { return false }
            while try reader.nextElement(&isFirst) { try reader.skipValue() }
            return true
        }
    }
}

/// Why a message is no packet.
package enum PacketError: Error, Sendable, Hashable {
    case unknownKind
    case malformedAttachmentCount
    case tooManyAttachments
    case namespaceTooLong
    case numberTooLong
    case invalidPayload
    case textAmongAttachments
    case strayAttachment
}
