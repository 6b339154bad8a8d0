// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("What could trap or race is rare, and explained")
struct SafetyTests {
    @Test(
        "Sources do without what ends the process",
        arguments: ["try!", "as!", "fatalError(", "preconditionFailure(", "unsafeBitCast("]
    )
    func traps(call: String) {
        expectNone(
            Repository.sources.flatMap { file in
                file.lines(of: call).map {
                    Finding(file.path, line: $0, "`\(call)`: throw an error, or prove and unwrap")
                }
            }
        )
    }

    @Test(
        "What the compiler cannot check has a comment that proves it",
        arguments: ["@unchecked Sendable", "nonisolated(unsafe)", "unsafeFlags", "@preconcurrency"]
    )
    func unchecked(attribute: String) {
        expectNone(
            Repository.swift.flatMap { file in
                file.lines(of: attribute).filter { file.comment(above: $0).isEmpty }.map {
                    Finding(file.path, line: $0, "`\(attribute)` without a comment above it that proves it right")
                }
            }
        )
    }

    @Test("Sources hold no notes of work to do")
    func notes() {
        // Put together, so that this file does not hold them.
        let notes = ["TO" + "DO", "FIX" + "ME"]
        expectNone(
            Repository.files.filter { $0.path.hasPrefix("Sources/") }.flatMap { file in
                file.lines.filter { line in notes.contains(where: line.text.contains) }.map {
                    Finding(file.path, line: $0.number, "do it now, or open an issue")
                }
            }
        )
    }
}
