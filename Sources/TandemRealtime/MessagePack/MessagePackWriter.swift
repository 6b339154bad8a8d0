// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Writes values in as few bytes as MessagePack allows, as JavaScript's libraries do.
struct MessagePackWriter {
    private var bytes: [UInt8] = []

    static func write(_ value: MessagePackValue) -> [UInt8] {
        var writer = MessagePackWriter()
        writer.append(value)
        return writer.bytes
    }

    private mutating func append(_ value: MessagePackValue) {
        switch value {
        case .null: self.bytes.append(0xC0)
        case .bool(let value): self.bytes.append(value ? 0xC3 : 0xC2)
        case .integer(let number): self.append(number)
        case .double(let number):
            self.bytes.append(0xCB)
            self.append(number.bitPattern, bytes: 8)
        case .string(let text): self.append(text)
        case .binary(let data):
            self.appendLength(data.count, short: nil, [(1, 0xC4), (2, 0xC5), (4, 0xC6)])
            self.bytes += data
        case .array(let values):
            self.appendLength(values.count, short: (0x90, 16), [(2, 0xDC), (4, 0xDD)])
            for value in values { self.append(value) }
        case .map(let entries):
            self.appendLength(entries.count, short: (0x80, 16), [(2, 0xDE), (4, 0xDF)])
            for entry in entries {
                self.append(entry.key)
                self.append(entry.value)
            }
        }
    }

    private mutating func append(_ text: String) {
        self.appendLength(text.utf8.count, short: (0xA0, 32), [(1, 0xD9), (2, 0xDA), (4, 0xDB)])
        self.bytes += text.utf8
    }

    private mutating func append(_ number: Int) {
        let bits = UInt64(bitPattern: Int64(number))
        switch number {
        case -32..<0, 0..<0x80: self.bytes.append(UInt8(truncatingIfNeeded: bits))
        case 0..<0x100: self.append(bits, bytes: 1, after: 0xCC)
        case 0..<0x1_0000: self.append(bits, bytes: 2, after: 0xCD)
        case 0..<0x1_0000_0000: self.append(bits, bytes: 4, after: 0xCE)
        case 0...: self.append(bits, bytes: 8, after: 0xCF)
        case -0x80..<0: self.append(bits, bytes: 1, after: 0xD0)
        case -0x8000..<0: self.append(bits, bytes: 2, after: 0xD1)
        case -0x8000_0000..<0: self.append(bits, bytes: 4, after: 0xD2)
        default: self.append(bits, bytes: 8, after: 0xD3)
        }
    }

    private mutating func append(_ bits: UInt64, bytes count: Int, after type: UInt8? = nil) {
        if let type { self.bytes.append(type) }
        for index in (0..<count).reversed() {
            self.bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index))))
        }
    }

    /// A length in the shortest of its forms: within the type's byte, or behind it.
    private mutating func appendLength(
        _ length: Int,
        short: (type: UInt8, limit: Int)?,
        _ forms: [(bytes: Int, type: UInt8)]
    ) {
        if let short, length < short.limit { return self.bytes.append(short.type | UInt8(length)) }
        guard let form = forms.first(where: { length < 1 << (8 * $0.bytes) }) ?? forms.last else { return }
        self.append(UInt64(length), bytes: form.bytes, after: form.type)
    }
}
