// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import Synchronization

extension UUID {
    private static let generator = Mutex(UUIDSequence())

    /// A UUID of the time and of chance (RFC 9562, version 7): each is greater than those that this process made before.
    ///
    /// As keys they are made without the database, tell nothing but when, and come in the order of a table's pages.
    public static func version7() -> UUID {
        let milliseconds = UInt64(max(Date.now.timeIntervalSince1970, 0) * 1000)
        return Self.generator.withLock { sequence in
            var random = SystemRandomNumberGenerator()
            return sequence.next(at: milliseconds, using: &random)
        }
    }
}

/// Version 7 UUIDs one after another; within a millisecond a counter keeps them in order (RFC 9562, section 6.2).
struct UUIDSequence {
    private var milliseconds: UInt64 = 0
    /// Twelve bits.
    private var counter: UInt64 = 0

    /// The next one.
    ///
    /// A counter begins at a random number below its half; when it runs over, or the clock goes back, the time of the
    /// UUIDs goes on from where it is.
    mutating func next(at now: UInt64, using random: inout some RandomNumberGenerator) -> UUID {
        let now = now & 0xFFFF_FFFF_FFFF
        if now > self.milliseconds || self.counter == 0xFFF {
            self.milliseconds = max(now, self.milliseconds + 1)
            self.counter = random.next() & 0x7FF
        } else {
            self.counter += 1
        }
        let high = self.milliseconds << 16 | 0x7000 | self.counter
        let low = 0x8000_0000_0000_0000 | (random.next() >> 2)
        func byte(_ word: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: word >> (56 - 8 * index)) }
        return UUID(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3),
                byte(high, 4), byte(high, 5), byte(high, 6), byte(high, 7),
                byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3),
                byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
            )
        )
    }
}
