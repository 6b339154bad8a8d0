// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Several packets in one body, as polling has them.
struct EnginePayload {
    /// What stands between two packets.
    private static let separator: UInt8 = 0x1E
    /// The text that is not read yet; `nil` once all is.
    private var rest: Substring?

    /// A payload that a client sent; `nil` where it is no UTF-8.
    init?(_ body: Bytes) {
        guard let text = body.string else { return nil }
        self.rest = text[...]
    }

    /// The next packet, or `nil` at the end.
    ///
    /// - Throws: `MalformedPacket`, after which nothing can be read.
    mutating func next() throws(MalformedPacket) -> EnginePacket? {
        guard let rest else { return nil }
        let end = rest.utf8.firstIndex(of: Self.separator)
        self.rest = end.map { rest[rest.utf8.index(after: $0)...] }
        guard let packet = EnginePacket(text: rest[..<(end ?? rest.endIndex)]) else {
            self.rest = nil
            throw MalformedPacket()
        }
        return packet
    }

    /// Packets as a body.
    static func encode(_ packets: [EnginePacket]) -> Bytes {
        var body = ""
        body.reserveCapacity(packets.reduce(0) { $0 + $1.byteCount + 1 })
        for packet in packets {
            if !body.isEmpty { body.unicodeScalars.append("\u{1E}") }
            body += packet.text
        }
        return Bytes(body)
    }
}

/// What a client sent is no packet.
struct MalformedPacket: Error {}
