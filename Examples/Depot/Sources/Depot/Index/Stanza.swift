// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A stanza of Debian's control format: fields by their names.
///
/// Bytes that are no UTF-8 become U+FFFD, and so do NULs, which no database keeps in a text.
struct Stanza {
    private let bytes: [UInt8]
    private let fields: [(name: Range<Int>, value: Range<Int>)]

    /// The fields of some lines; a line that is neither a field nor goes on with one is passed over.
    init(_ bytes: [UInt8]) {
        var fields: [(name: Range<Int>, value: Range<Int>)] = []
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: .newline) ?? bytes.endIndex
            let line = bytes[start..<end]
            if line.first?.isBlank == true {
                if let last = fields.indices.last { fields[last].value = fields[last].value.lowerBound..<end }
            } else if line.first != .hash, let colon = line.firstIndex(of: .colon), colon > start {
                fields.append((start..<colon, colon + 1..<end))
            }
            start = end + 1
        }
        self.bytes = bytes
        self.fields = fields
    }

    /// The value of the first field of a name, without the blanks around it; names are alike in any case.
    subscript(_ name: String) -> String? {
        guard let field = self.fields.first(where: { self.bytes[$0.name].isAlike(name) }) else { return nil }
        let value = self.bytes[field.value]
        guard let first = value.firstIndex(where: { !$0.isSpace }),
            let last = value.lastIndex(where: { !$0.isSpace })
        else { return nil }
        let text = String(decoding: value[first...last], as: UTF8.self)
        return text.utf8.contains(0) ? text.replacing("\0", with: "\u{FFFD}") : text
    }

    /// What tells it from any other, for all that matters: the 64 bits of FNV-1a.
    var fingerprint: Int64 {
        let hash = self.bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int64(bitPattern: hash)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func isAlike(_ name: String) -> Bool {
        self.count == name.utf8.count && zip(self, name.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    fileprivate static let hash = UInt8(ascii: "#")
    fileprivate static let colon = UInt8(ascii: ":")

    /// A space or a tabulator.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    /// A blank, or what ends a line.
    var isSpace: Bool { self.isBlank || self == .newline || self == UInt8(ascii: "\r") }
    fileprivate var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
