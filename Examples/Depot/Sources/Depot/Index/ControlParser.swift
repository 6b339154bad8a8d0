// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Cuts bytes into stanzas of Debian's control format, as they come.
///
/// Stanzas are told apart by empty lines. One that is longer than the limit is passed over, so that what is held never
/// grows with the input.
struct ControlParser {
    /// The most bytes of a stanza; the longest of Debian 12 has 76,338.
    let limit: Int
    /// How many stanzas were passed over.
    private(set) var skipped = 0
    private var stanza: [UInt8] = []
    private var isOverlong = false
    private var isLineEmpty = true

    init(limit: Int = 1 << 20) {
        self.limit = limit
    }

    /// Takes the next bytes, and gives each stanza that ends in them.
    mutating func parse<Failure: Error>(
        _ bytes: [UInt8],
        each body: (Stanza) throws(Failure) -> Void
    ) throws(Failure) {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let newline = bytes[start...].firstIndex(of: .newline)
            let end = newline.map { $0 + 1 } ?? bytes.endIndex
            self.take(bytes[start..<end])
            if newline != nil {
                if self.isLineEmpty { try self.finish(body) }
                self.isLineEmpty = true
            }
            start = end
        }
    }

    /// Says that there are no more bytes, and gives the last stanza.
    mutating func finish<Failure: Error>(_ body: (Stanza) throws(Failure) -> Void) throws(Failure) {
        defer {
            self.stanza.removeAll(keepingCapacity: true)
            self.isOverlong = false
        }
        if self.isOverlong {
            self.skipped += 1
        } else if self.stanza.contains(where: { !$0.isSpace }) {
            try body(Stanza(self.stanza))
        }
    }

    private mutating func take(_ part: ArraySlice<UInt8>) {
        if !part.allSatisfy(\.isSpace) { self.isLineEmpty = false }
        if self.isOverlong { return }
        if self.stanza.count + part.count > self.limit {
            self.isOverlong = true
            self.stanza = []
        } else {
            self.stanza += part
        }
    }
}
