// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Counts that only go down: a change that raises one is refused, one that lowers it lowers the number here too.
struct Ratchet: Sendable, CustomTestStringConvertible {
    let what: String
    let limit: Int
    let count: @Sendable () -> Int

    var testDescription: String { self.what }

    static let all: [Ratchet] =
        [
            Ratchet(what: "`@unchecked Sendable` in Sources", limit: 0) {
                Repository.sources.count(of: "@unchecked Sendable")
            },
            // FoundationEssentials is the toolchain's own; LayerTests says which targets may show its types.
            Ratchet(what: "`public import` of others' modules in Sources", limit: 7) {
                Repository.sources.reduce(0) { sum, file in
                    sum
                        + file.imports.count {
                            $0.access == "public" && !$0.module.hasPrefix("Tandem")
                                && $0.module != "FoundationEssentials"
                        }
                }
            },
            // Handlers that wait to be cancelled, clients that are slow on purpose, the pause of a poll; none for luck.
            Ratchet(what: "sleeps in tests", limit: 3) {
                Repository.tests.reduce(0) { sum, file in sum + file.sleeps }
            },
        ]
        + Self.unsafeWords.map { target, limit in
            Ratchet(what: "`unsafe`, `Unsafe…` and `withUnsafe…` in \(target)", limit: limit) {
                Repository.sources.reduce(0) { sum, file in
                    file.path.hasPrefix("Sources/\(target)/") ? sum + file.words.count { $0.text.isUnsafe } : sum
                }
            }
        }

    /// A target that is not named here has none.
    static let unsafeWords = [
        "TandemData": 6, "TandemFuzzing": 1, "TandemHTTP": 55, "TandemSchema": 49, "TandemServer": 9,
    ]
}

@Suite("What we want less of only goes down")
struct RatchetTests {
    @Test("Only the targets that say so reach past the compiler's checks")
    func namedTargets() {
        let unnamed = Repository.sources.filter { file in
            file.words.contains { $0.text.isUnsafe }
                && !Ratchet.unsafeWords.keys.contains { file.path.hasPrefix("Sources/\($0)/") }
        }
        #expect(unnamed.map(\.path) == [])
    }

    @Test("The count is what Ratchet.all says", arguments: Ratchet.all)
    func holds(ratchet: Ratchet) {
        let count = ratchet.count()
        #expect(
            count <= ratchet.limit,
            "\(ratchet.what): \(count), the limit is \(ratchet.limit); do without, or say why not"
        )
        #expect(count >= ratchet.limit, "\(ratchet.what): \(count); well done, lower the limit in RatchetTests.swift")
    }
}

extension [SwiftFile] {
    fileprivate func count(of needle: String) -> Int {
        self.reduce(0) { sum, file in sum + file.lines(of: needle).count }
    }
}

extension SwiftFile {
    /// Calls that let time pass.
    fileprivate var sleeps: Int {
        zip([nil] + self.words.map(Optional.some), self.words).count { before, word in
            ["sleep", "usleep", "nanosleep"].contains(word.text) && self.byte(after: word) == UInt8(ascii: "(")
                && before?.text != "func"
        }
    }
}

extension String {
    fileprivate var isUnsafe: Bool {
        self == "unsafe" || self.hasPrefix("Unsafe") || self.hasPrefix("unsafe") || self.hasPrefix("withUnsafe")
    }
}
