// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The addresses that begin alike, as in `10.0.0.0/8` (RFC 4632, section 3.1).
package struct IPNetwork: Hashable, Sendable {
    private let base: IPAddress
    /// How many of the 128 bits count.
    private let length: Int

    /// The network of an address and a number of bits, or of an address alone: that one.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let base = IPAddress(first) else { return nil }
        self.base = base
        guard parts.count == 2 else {
            self.length = 128
            return
        }
        let most = first.utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        guard let length = ContentLength.parse(String(parts[1])), length <= most else { return nil }
        self.length = 128 - most + length
    }

    /// Whether an address belongs to it.
    package func contains(_ address: IPAddress) -> Bool {
        address.prefix(self.length) == self.base.prefix(self.length)
    }
}
