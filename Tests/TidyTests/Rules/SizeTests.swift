// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Files and functions are short")
struct SizeTests {
    @Test("The median file of Sources has at most 120 lines, nine of ten at most 350")
    func distribution() {
        let lengths = Repository.sources.map(\.length).sorted()
        #expect(!lengths.isEmpty)
        #expect(lengths[lengths.count / 2] <= 120)
        #expect(lengths[lengths.count * 9 / 10] <= 350)
    }

    @Test("No file has more than 600 lines")
    func cap() {
        expectNone(
            Repository.swift.filter { $0.length > 600 && !$0.isGenerated }.map {
                Finding($0.path, "\($0.length) lines; one file holds one idea, so this one holds two")
            }
        )
    }

    @Test("No function has more than 70 lines")
    func functions() {
        expectNone(
            Repository.swift.filter { !$0.isGenerated }.flatMap { file in
                file.functions.filter { $0.length > 70 }.map {
                    Finding(file.path, line: $0.line, "`\($0.name)` has \($0.length) lines; take a step out of it")
                }
            }
        )
    }

    @Test("A protocol with more than 8 requirements says why")
    func protocols() {
        expectNone(
            Repository.swift.flatMap { file in
                file.protocols.filter { $0.requirements > 8 && !$0.isExplained }.map {
                    Finding(
                        file.path,
                        line: $0.line,
                        "`\($0.name)` has \($0.requirements) requirements; split it, or say `// Wide because:`"
                    )
                }
            }
        )
    }
}
