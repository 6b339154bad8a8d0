// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// New identifiers of traces, spans and requests: SplitMix64 from a seed of this process.
///
/// One atomic addition each, where the system's generator is a system call. Whoever sees one can guess the next.
package final class RandomIDs: Sendable {
    package static let shared = RandomIDs(seed: .random(in: .min ... .max))

    private let state: Atomic<UInt64>

    package init(seed: UInt64) {
        self.state = Atomic(seed)
    }

    /// An identifier of 128 bits; never zero.
    package func wide() -> UInt128 { UInt128(self.word()) << 64 | UInt128(self.word()) }

    /// An identifier of 64 bits; never zero.
    package func word() -> UInt64 {
        let mixed = self.next()
        return mixed == 0 ? self.next() : mixed
    }

    private func next() -> UInt64 {
        var mixed = self.state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
