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
    /// Properties mostly come in the order of the declaration, so the one after the last is looked at first,
    /// without a string.
    ///
    /// - Parameters:
    ///   - names: The names of the properties.
    ///   - place: Where the object is being read; a new `ObjectPlace` for each object.
    /// - Returns: The index of the property, -1 where none has its name; `nil` at the end of the object.
    /// - Throws: `JSONError` where the text is no JSON.
    public mutating func nextField(
        _ names: borrowing Span<StaticString>,
        _ place: inout ObjectPlace
    ) throws(JSONError) -> Int? {
        let expected = place.expected
        guard expected < names.count, self.takes(names[expected], isFirst: place.isFirst) else {
            return try self.searchField(names, &place)
        }
        place.expected = expected + 1
        place.isFirst = false
        self.skipSpace()
        return expected
    }

    /// Takes a key without space around it, with the comma before it and the colon behind it, where it is `name`.
    @inline(__always)
    private mutating func takes(_ name: StaticString, isFirst: Bool) -> Bool {
        let count = name.utf8CodeUnitCount
        // No comma stands before the first.
        let key = isFirst ? self.cursor : self.cursor + 1
        guard self.end - key > count &+ 3, key.pointee == UInt8(ascii: "\""),
            isFirst || self.cursor.pointee == UInt8(ascii: ","),
            key[count &+ 1] == UInt8(ascii: "\""), key[count &+ 2] == UInt8(ascii: ":"), name.isAt(key + 1)
        else { return false }
        self.cursor = key + (count &+ 3)
        return true
    }

    /// Goes on to the value of the next property, whatever it is and whatever space stands around it.
    @inline(never)
    private mutating func searchField(
        _ names: borrowing Span<StaticString>,
        _ place: inout ObjectPlace
    ) throws(JSONError) -> Int? {
        guard try self.nextKey(&place) else { return nil }
        let key = self.cursor
        var index = place.expected
        if index >= names.count || !self.takes(names[index]) {
            let hasEscapes = try self.skipString()
            index = try self.index(of: key, hasEscapes: hasEscapes, in: names, from: place.expected)
        }
        if index >= 0 { place.expected = index + 1 } else { place.unknown = self.offset(key) }
        try self.takeColon()
        return index
    }

    /// Takes the key at the cursor where it is `name` to the letter.
    @inline(__always)
    private mutating func takes(_ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard self.end - self.cursor > count &+ 2, self.cursor[count &+ 1] == UInt8(ascii: "\""),
            name.isAt(self.cursor + 1)
        else { return false }
        self.cursor += count &+ 2
        return true
    }

    /// Goes on to the object's next key.
    @inline(__always)
    mutating func nextKey(_ place: inout ObjectPlace) throws(JSONError) -> Bool {
        self.skipSpace()
        if self.takes(UInt8(ascii: "}")) {
            self.leave()
            return false
        }
        if place.isFirst {
            place.isFirst = false
        } else {
            try self.take(UInt8(ascii: ","))
            self.skipSpace()
        }
        guard self.byte == UInt8(ascii: "\"") else { throw self.unexpected() }
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

    /// The index of a key that is not the expected one, looked for behind that one first.
    private mutating func index(
        of key: UnsafePointer<UInt8>,
        hasEscapes: Bool,
        in names: borrowing Span<StaticString>,
        from expected: Int
    ) throws(JSONError) -> Int {
        if hasEscapes {
            self.cursor = key
            let text = try self.takeString()
            return (0..<names.count).first { names[$0].description == text } ?? -1
        }
        let count = self.cursor - key - 2
        for step in 0..<names.count {
            let index = expected + step < names.count ? expected + step : expected + step - names.count
            let name = names[index]
            if name.utf8CodeUnitCount == count, name.isAt(key + 1) { return index }
        }
        return -1
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
