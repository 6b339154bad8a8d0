// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A place in a ``RouteTrie``; 64 bytes, of which the search reads few.
struct RouteTrieNode: Sendable {
    private var labelStart: UInt32
    private var labelEnd: UInt32
    /// The nodes that text leads to.
    let children: RouteTrieChildren
    private var parametersStart: UInt32
    private var parametersEnd: UInt32
    private var valueIndex: Int32
    private var restIndex: Int32

    init(label: Range<Int>, children: RouteTrieChildren, parameters: Range<Int>, value: Int?, rest: Int?) {
        self.labelStart = UInt32(label.lowerBound)
        self.labelEnd = UInt32(label.upperBound)
        self.children = children
        self.parametersStart = UInt32(parameters.lowerBound)
        self.parametersEnd = UInt32(parameters.upperBound)
        self.valueIndex = Int32(value ?? -1)
        self.restIndex = Int32(rest ?? -1)
    }

    /// The text on the way to the node; of a parameter's node, the text behind the parameter in its segment.
    var label: Range<Int> { Int(self.labelStart)..<Int(self.labelEnd) }

    /// The nodes that a parameter leads to, the longest label first.
    var parameters: Range<Int> { Int(self.parametersStart)..<Int(self.parametersEnd) }

    /// What a pattern leads to that ends here.
    var value: Int? { self.valueIndex < 0 ? nil : Int(self.valueIndex) }

    /// What a pattern leads to that takes the rest of the path from here.
    var rest: Int? { self.restIndex < 0 ? nil : Int(self.restIndex) }

    /// Whether there is another way than text.
    var hasWildcards: Bool { self.parametersStart != self.parametersEnd || self.restIndex >= 0 }
}

/// The children of a node, by the first bytes of their labels: a set of 256 bits, and how many of them come before.
///
/// The four words are members rather than an array, which would be copied to be indexed.
struct RouteTrieChildren: Sendable {
    private let bits: (UInt64, UInt64, UInt64, UInt64)
    /// How many children there are in the words before each but the first.
    private let before: (UInt8, UInt8, UInt8)
    private let first: UInt32

    /// Children that stand one behind the other from an index on, sorted by their first bytes.
    init(first: Int, bytes: [UInt8]) {
        var words: [UInt64] = [0, 0, 0, 0]
        for byte in bytes { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
        let counts = words.map { UInt8($0.nonzeroBitCount) }
        self.bits = (words[0], words[1], words[2], words[3])
        self.before = (counts[0], counts[0] + counts[1], counts[0] + counts[1] + counts[2])
        self.first = UInt32(first)
    }

    /// The child whose label begins with a byte.
    @inline(__always)
    func index(of byte: UInt8) -> Int? {
        let (word, before): (UInt64, UInt8) =
            switch byte >> 6 {
            case 0: (self.bits.0, 0)
            case 1: (self.bits.1, self.before.0)
            case 2: (self.bits.2, self.before.1)
            default: (self.bits.3, self.before.2)
            }
        let bit: UInt64 = 1 << UInt64(byte & 63)
        guard word & bit != 0 else { return nil }
        return Int(self.first) + Int(before) + (word & (bit - 1)).nonzeroBitCount
    }
}
