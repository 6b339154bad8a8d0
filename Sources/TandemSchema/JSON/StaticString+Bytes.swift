// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Names and other short texts, compared and copied in words that may overlap: a call would cost more than they do.
extension StaticString {
    /// Whether it stands at a place, from which on there are as many bytes.
    @inline(__always)
    func isAt(_ place: UnsafePointer<UInt8>) -> Bool {
        let (start, count) = (self.utf8Start, self.utf8CodeUnitCount)
        if count < 4 {
            for index in 0..<count where place[index] != start[index] { return false }
            return true
        }
        if count <= 8 { return EightBytes(ends: place, count).word == EightBytes(ends: start, count).word }
        var index = 0
        while index < count - 8 {
            if EightBytes(place + index).word != EightBytes(start + index).word { return false }
            index += 8
        }
        return EightBytes(place + count - 8).word == EightBytes(start + count - 8).word
    }

    /// Puts it to memory that has room for it; a literal of a few bytes is so a move or two.
    @inlinable
    @inline(__always)
    func store(_ memory: UnsafeMutablePointer<UInt8>) {
        let (start, count) = (self.utf8Start, self.utf8CodeUnitCount)
        if count < 4 {
            for index in 0..<count { memory[index] = start[index] }
        } else if count <= 8 {
            EightBytes(ends: start, count).storeEnds(memory, count)
        } else {
            var index = 0
            while index < count - 8 {
                EightBytes(start + index).store(memory + index)
                index += 8
            }
            EightBytes(start + count - 8).store(memory + count - 8)
        }
    }
}
