// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import SeededRandom
import Testing

@testable import TandemData

@Suite("UUIDs of version 7 come in the order in which they were made")
struct UUIDSequenceTests {
    @Test("The time, the version, the counter and the variant stand where RFC 9562 has them")
    func layout() {
        var sequence = UUIDSequence()
        var random = Zeros()
        // The example of RFC 9562, A.6, has this time.
        let first = sequence.next(at: 0x017F_22E2_79B0, using: &random)
        #expect(first.uuidString == "017F22E2-79B0-7000-8000-000000000000")
        let second = sequence.next(at: 0x017F_22E2_79B0, using: &random)
        #expect(second.uuidString == "017F22E2-79B0-7001-8000-000000000000")
    }

    @Test("They rise within a millisecond, when the counter runs over, and when the clock goes back")
    func order() {
        var sequence = UUIDSequence()
        var random = SeededGenerator(seed: 7)
        let times: [UInt64] = Array(repeating: 1000, count: 9000) + [990, 1, 1001, 1002, 5000, 4999]
        let texts = times.map { sequence.next(at: $0, using: &random).uuidString }
        #expect(zip(texts, texts.dropFirst()).allSatisfy { $0 < $1 })
        #expect(texts.allSatisfy { $0.dropFirst(14).first == "7" })
        #expect(texts.allSatisfy { "89AB".contains($0.dropFirst(19).prefix(1)) })
    }

    @Test("Tasks beside each other never make the same")
    func concurrency() async {
        let all = await withTaskGroup(of: [UUID].self) { group in
            for _ in 0..<8 { group.addTask { (0..<1000).map { _ in UUID.version7() } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(all).count == 8000)
    }

    private struct Zeros: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0 }
    }
}
