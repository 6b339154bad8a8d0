// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What heads are made of, written into memory that was reserved for all of it.
extension OutputRawSpan {
    @inline(__always)
    mutating func append(copying bytes: RawSpan) {
        precondition(bytes.byteCount <= self.freeCapacity, "more is written than was reserved")
        bytes.withUnsafeBytes { source in
            guard let start = source.baseAddress else { return }
            self.withUnsafeMutableBytes { memory, count in
                // Within the memory: the precondition has made sure.
                (memory.baseAddress! + count).copyMemory(from: start, byteCount: source.count)
                count += source.count
            }
        }
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { self.append(copying: $0.span.bytes) }
    }

    // With a label, or a literal would be taken for a string rather than for a static one.
    mutating func append(text: String) {
        self.append(copying: text.utf8Span.span.bytes)
    }

    /// Appends a number that is not negative in decimal digits.
    mutating func append(decimal number: Int) {
        // As many as the digits of any Int.
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var first = digits.count
        var rest = number.magnitude
        repeat {
            first -= 1
            digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        for index in first..<digits.count { self.append(digits[index]) }
    }
}
