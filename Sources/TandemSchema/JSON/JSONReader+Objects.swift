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
    /// Properties mostly come in the order of the declaration, so the one after the last is looked at first, byte by
    /// byte and without a string.
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
        guard try self.nextKey(&place) else { return nil }
        let first = self.cursor + 1
        if place.expected < names.count, self.cursorHasKey(names[place.expected]) {
            let index = place.expected
            place.expected += 1
            try self.takeColon()
            return index
        }
        let hasEscapes = try self.skipString()
        let index = try self.index(
            of: first,
            self.cursor - 1,
            hasEscapes: hasEscapes,
            in: names,
            from: place.expected
        )
        if index >= 0 { place.expected = index + 1 } else { place.unknown = first - self.start - 1 }
        try self.takeColon()
        return index
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

    /// Takes the key at the cursor where it is `name`, to the letter.
    @inline(__always)
    private mutating func cursorHasKey(_ name: StaticString) -> Bool {
        let count = name.utf8CodeUnitCount
        guard self.end - self.cursor > count + 2, self.cursor[count + 1] == UInt8(ascii: "\"") else { return false }
        guard Self.areEqual(self.cursor + 1, name.utf8Start, count) else { return false }
        self.cursor += count + 2
        return true
    }

    @inline(__always)
    private static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count < 8 {
            for index in 0..<count where left[index] != right[index] { return false }
            return true
        }
        var index = 0
        while index < count - 8 {
            if EightBytes(left + index).word != EightBytes(right + index).word { return false }
            index += 8
        }
        // The last eight, of which some may have been compared before.
        return EightBytes(left + count - 8).word == EightBytes(right + count - 8).word
    }

    /// The index of a key that is not the expected one, looked for behind that one first.
    private func index(
        of first: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        hasEscapes: Bool,
        in names: borrowing Span<StaticString>,
        from expected: Int
    ) throws(JSONError) -> Int {
        let count = end - first
        if hasEscapes {
            var reader = try JSONReader(UnsafeBufferPointer(start: first - 1, count: count + 2), limits: self.limits)
            let text = try reader.takeString()
            return (0..<names.count).first { names[$0].description == text } ?? -1
        }
        for step in 0..<names.count {
            let index = expected + step < names.count ? expected + step : expected + step - names.count
            let name = names[index]
            if name.utf8CodeUnitCount == count, Self.areEqual(first, name.utf8Start, count) { return index }
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
