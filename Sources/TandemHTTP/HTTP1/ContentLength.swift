// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The grammar of a Content-Length (RFC 9110, section 8.6): digits alone.
package enum ContentLength {
    /// The number in a text; `nil` where it is none.
    ///
    /// One too large to count is as large as can be.
    package static func parse(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        return self.parse(bytes.span, 0..<bytes.count)
    }

    /// The number in a range of bytes; `nil` where it is none.
    ///
    /// One too large to count is as large as can be.
    static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard !range.isEmpty else { return nil }
        var length = 0
        for index in range {
            let digit = bytes[index] &- 0x30
            guard digit < 10 else { return nil }
            let (product, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digit))
            length = overflow || carry ? Int.max : sum
        }
        return length
    }
}
