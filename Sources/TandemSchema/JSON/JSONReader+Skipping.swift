// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Skips the value at the cursor, whatever it is, and checks that it is JSON.
    public mutating func skipValue() throws(JSONError) {
        switch self.byte {
        case UInt8(ascii: "\""): try self.skipString()
        case UInt8(ascii: "{"): try self.skipObject()
        case UInt8(ascii: "["): try self.skipArray()
        case UInt8(ascii: "t"): try self.take(word: "true")
        case UInt8(ascii: "f"): try self.take(word: "false")
        case UInt8(ascii: "n"): try self.take(word: "null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): _ = try self.takeNumber()
        default: throw self.unexpected()
        }
    }

    /// Takes the text of the value at the cursor, whatever it is.
    mutating func takeText() throws(JSONError) -> String {
        let opening = self.cursor
        try self.skipValue()
        return String(decoding: self.bytes(from: opening), as: UTF8.self)
    }

    /// Skips a string; only one with escapes or beyond ASCII has to be taken to be checked.
    ///
    /// - Returns: Whether it has escapes.
    @discardableResult
    mutating func skipString() throws(JSONError) -> Bool {
        let opening = self.cursor
        self.cursor += 1
        let isASCII = try self.skipPlain()
        let isPlain = self.byte == UInt8(ascii: "\"")
        if isASCII, isPlain {
            self.cursor += 1
        } else {
            self.cursor = opening
            _ = try self.takeString()
        }
        return !isPlain
    }

    private mutating func skipObject() throws(JSONError) {
        var place = ObjectPlace()
        guard try self.beginObject() else { return }
        while try self.nextKey(&place) {
            try self.skipString()
            try self.takeColon()
            try self.skipValue()
        }
    }

    private mutating func skipArray() throws(JSONError) {
        var isFirst = true
        guard try self.beginArray() else { return }
        while try self.nextElement(&isFirst) { try self.skipValue() }
    }
}
