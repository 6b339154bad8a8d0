// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Subprocess
import Testing

@testable import Depot

@Suite("Versions have the order of dpkg")
struct DebianVersionTests {
    @Test(
        "One is earlier than the other",
        arguments: [
            ("1.0", "1.1"), ("1.9", "1.10"), ("1.0~rc1", "1.0"), ("1.0~~", "1.0~"), ("1.0", "1.0-1"), ("1.0", "1.0a"),
            ("1.0a", "1.0+b"), ("1.0a", "1.0b"), ("9.9", "1:0.1"), ("1.0-1", "1.0-1+deb12u1"), ("1.0-1~bpo1", "1.0-1"),
            ("2.0.0", "10.0.0"), ("1.0Z", "1.0a"), ("1-2-3", "1-2-4"), ("1.0-9", "1.0-10"),
            ("0", "00000000000000000001"),
            ("1.18446744073709551615", "1.18446744073709551616"),
        ]
    )
    func earlier(one: String, other: String) throws {
        let (one, other) = (try #require(DebianVersion(one)), try #require(DebianVersion(other)))
        #expect(one < other)
        #expect(!(other < one))
        #expect(one != other)
    }

    @Test("They are alike", arguments: [("1.0", "0:1.0"), ("1.0", "1.0-0"), ("1.01", "1.1"), ("1.0-01", "1.0-1")])
    func alike(one: String, other: String) {
        #expect(DebianVersion(one) == DebianVersion(other))
        #expect(DebianVersion(one)?.hashValue == DebianVersion(other)?.hashValue)
    }

    @Test(
        "It is none",
        arguments: ["", " ", "1 2", "a:1", "-1:1", "4294967296:1", "1:", "-1", "1-", "1_2", "1.0-é", "1/2", "1\n"]
    )
    func none(text: String) {
        #expect(DebianVersion(text) == nil)
    }

    @Test("dpkg agrees on pairs that were made up", .enabled(if: Dpkg.isThere, "needs dpkg"))
    func dpkg() async throws {
        var random = SeededGenerator(seed: 7)
        let pairs = (0..<400).map { _ in (Self.version(&random), Self.version(&random)) }
        let orders = try await Dpkg.orders(of: pairs)
        #expect(orders.count == pairs.count)
        for (pair, order) in zip(pairs, orders) {
            let one = try #require(DebianVersion(pair.0), "\(pair.0)")
            let other = try #require(DebianVersion(pair.1), "\(pair.1)")
            #expect((one < other ? "lt" : one == other ? "eq" : "gt") == order, "\(pair)")
        }
    }

    /// A short version of few signs, so that two are often alike for a while.
    private static func version(_ random: inout SeededGenerator) -> String {
        let epoch = Bool.random(using: &random) ? "" : "\(Int.random(in: 0...1, using: &random)):"
        let upstream = "\(Int.random(in: 0...2, using: &random))" + Self.signs("0019a~+.", &random)
        let revision = Bool.random(using: &random) ? "" : "-1" + Self.signs("01b~+.", &random)
        return epoch + upstream + revision
    }

    private static func signs(_ signs: String, _ random: inout SeededGenerator) -> String {
        String((0..<Int.random(in: 0...4, using: &random)).compactMap { _ in signs.randomElement(using: &random) })
    }
}

/// Debian's own comparison.
private enum Dpkg {
    static let isThere = CommandPath.holds("dpkg")

    static func orders(of pairs: [(String, String)]) async throws -> [Substring] {
        let script = """
            while read -r one other; do
                for order in lt eq gt; do
                    if dpkg --compare-versions "$one" "$order" "$other"; then echo "$order"; fi
                done
            done
            """
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: ["-c", script],
            input: .string(pairs.map { "\($0.0) \($0.1)\n" }.joined()),
            output: .string(limit: 1 << 20)
        )
        return result.standardOutput.split(separator: "\n")
    }
}
