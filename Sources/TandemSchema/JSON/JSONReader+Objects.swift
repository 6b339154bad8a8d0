// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Takes the bracket that an object begins with; anything else is a violation.
    ///
    /// - Returns: Whether `nextField` can be called now.
    public mutating func beginObject() throws(JSONError) -> Bool {
        guard self.byte == UInt8(ascii: "{") else {
            try self.refuse(expected: "an object")
            return false
        }
        self.cursor += 1
        try self.enter()
        return true
    }

    /// Goes on to the value of the object's next property.
    ///
    /// Properties mostly come in the order of the declaration, so the one after the last is looked at first, and no
    /// string is made.
    ///
    /// - Parameters:
    ///   - keys: The names of the properties.
    ///   - place: Where the object is being read; a new `ObjectPlace` for each object.
    /// - Returns: The index of the property, -1 where none has its name; `nil` at the end of the object.
    /// - Throws: `JSONError` where the text is no JSON.
    @inline(__always)
    public mutating func nextField(
        _ keys: borrowing Span<JSONKey>,
        _ place: inout ObjectPlace
    ) throws(JSONError) -> Int? {
        guard try self.goOn(&place) else { return nil }
        let expected = place.expected
        guard expected < keys.count, keys[expected].stands(at: self.cursor, before: self.end) else {
            return try self.searchField(keys, &place)
        }
        self.cursor += keys[expected].count
        place.expected = expected + 1
        self.skipSpace()
        return expected
    }

    /// The index of a property that is not the expected one, or that has space before the colon.
    @inline(never)
    private mutating func searchField(
        _ keys: borrowing Span<JSONKey>,
        _ place: inout ObjectPlace
    ) throws(JSONError) -> Int {
        guard self.byte == UInt8(ascii: "\"") else { throw self.unexpected() }
        let opening = self.cursor
        let index = try self.takeKey(in: keys, from: place.expected)
        if index >= 0 { place.expected = index + 1 } else { place.unknown = self.offset(opening) }
        try self.takeColon()
        return index
    }

    /// Takes the key at the cursor, and looks for it behind the expected one first.
    private mutating func takeKey(in keys: borrowing Span<JSONKey>, from expected: Int) throws(JSONError) -> Int {
        let opening = self.cursor
        if try self.skipString() {
            self.cursor = opening
            let text = try self.takeString()
            return keys.indices.first { keys[$0].name.description == text } ?? -1
        }
        let count = self.cursor - opening - 2
        var index = expected
        for _ in keys.indices {
            if index >= keys.count { index = 0 }
            let name = keys[index].name
            if name.utf8CodeUnitCount == count, name.isAt(opening + 1) { return index }
            index += 1
        }
        return -1
    }

    /// Goes on to the object's next key.
    @inline(__always)
    mutating func nextKey(_ place: inout ObjectPlace) throws(JSONError) -> Bool {
        guard try self.goOn(&place) else { return false }
        guard self.byte == UInt8(ascii: "\"") else { throw self.unexpected() }
        return true
    }

    /// Takes the comma before the next key, if it is not the first, or the bracket at the end.
    @inline(__always)
    private mutating func goOn(_ place: inout ObjectPlace) throws(JSONError) -> Bool {
        if place.isFirst || !self.takes(UInt8(ascii: ",")) {
            self.skipSpace()
            if self.takes(UInt8(ascii: "}")) {
                self.leave()
                return false
            }
            if place.isFirst { place.isFirst = false } else { try self.take(UInt8(ascii: ",")) }
        }
        self.skipSpace()
        return true
    }

    /// Takes the key at the cursor, and the colon.
    mutating func takeKey() throws(JSONError) -> String {
        let key = try self.takeString()
        try self.takeColon()
        return key
    }

    @inline(__always)
    mutating func takeColon() throws(JSONError) {
        if self.byte != UInt8(ascii: ":") { self.skipSpace() }
        try self.take(UInt8(ascii: ":"))
        self.skipSpace()
    }
}

/// Where in an object a reader is.
public struct ObjectPlace {
    /// The index of the property that is looked at first.
    var expected = 0
    var isFirst = true
    /// Where the last key stands that no property has, in bytes from the start.
    var unknown = 0

    /// The start of an object.
    public init() {}
}

// MARK: - Arrays

extension JSONReader {
    /// Takes the bracket that an array begins with; anything else is a violation.
    public mutating func beginArray(expected: StaticString = "an array") throws(JSONError) -> Bool {
        guard self.byte == UInt8(ascii: "[") else {
            try self.refuse(expected: expected.description)
            return false
        }
        self.cursor += 1
        try self.enter()
        return true
    }

    /// Goes on to the array's next element; false at its end.
    ///
    /// - Parameter isFirst: Whether none was read; set to false.
    /// - Returns: Whether there is one.
    /// - Throws: `JSONError` where the text is no JSON.
    public mutating func nextElement(_ isFirst: inout Bool) throws(JSONError) -> Bool {
        self.skipSpace()
        if isFirst {
            isFirst = false
            guard self.takes(UInt8(ascii: "]")) else { return true }
        } else {
            if self.takes(UInt8(ascii: ",")) {
                self.skipSpace()
                return true
            }
            try self.take(UInt8(ascii: "]"))
        }
        self.leave()
        return false
    }
}
