// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Where in a path the values of its parameters stand, without an allocation.
package struct ParameterRanges: Sendable {
    /// How many there can be.
    package static let capacity = 8

    private var starts = InlineArray<8, UInt32>(repeating: 0)
    private var ends = InlineArray<8, UInt32>(repeating: 0)
    /// How many there are.
    package private(set) var count = 0

    package init() {}

    package subscript(index: Int) -> Range<Int> { Int(self.starts[index])..<Int(self.ends[index]) }

    /// Adds a range, which ends before 2^32.
    mutating func append(_ range: Range<Int>) {
        self.starts[self.count] = UInt32(truncatingIfNeeded: range.lowerBound)
        self.ends[self.count] = UInt32(truncatingIfNeeded: range.upperBound)
        self.count += 1
    }

    mutating func removeLast() {
        self.count -= 1
    }
}
