// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Calls `body` with the UTF-8, which is valid during the call only.
    @inline(__always)
    func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // Not by `utf8Span`, which retains the string.
        if let result = self.utf8.withContiguousStorageIfAvailable({ body($0.span) }) { return result }
        // It is not in one piece of memory.
        var copy = self
        return copy.withUTF8 { body($0.span) }
    }
}
