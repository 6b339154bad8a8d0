// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Depot

@Suite("Progress is one line on a terminal, and a line now and then elsewhere")
struct ProgressBarTests {
    private final class Output: Sendable {
        let text = Mutex("")
        let time = Mutex(ContinuousClock.now)

        func bar(total: Int?, columns: Int?) -> ProgressBar {
            ProgressBar(
                "Importing",
                total: total,
                columns: columns,
                now: { self.time.withLock { $0 } },
                write: { text in self.text.withLock { $0 += text } }
            )
        }

        func wait(_ duration: Duration) { self.time.withLock { $0 += duration } }
        var written: String { self.text.withLock { $0 } }
    }

    @Test("The line is drawn over, and never wider than the terminal", arguments: [20, 40, 80, 200])
    func terminal(columns: Int) {
        let output = Output()
        var bar = output.bar(total: 2_000, columns: columns)
        for done in stride(from: 0, through: 2_000, by: 500) {
            output.wait(.milliseconds(150))
            bar.update(done)
        }
        bar.finish("2,000 records")
        let lines = output.written.split(separator: "\r\u{1B}[K")
        #expect(lines.count == 6)
        #expect(lines.dropLast().allSatisfy { $0.count < columns && !$0.contains("\n") })
        #expect(lines.last == "Importing: 2,000 records\n")
        if columns >= 80 { #expect(lines[2].hasPrefix("Importing [")) }
    }

    @Test("It is not drawn more often than eyes can follow")
    func seldom() {
        let output = Output()
        var bar = output.bar(total: nil, columns: 80)
        for done in 0..<1_000 { bar.update(done) }
        #expect(output.written == "\r\u{1B}[KImporting 0, 0 a second")
    }

    @Test("Where there is no terminal, lines follow each other, without signs for one")
    func plain() {
        let output = Output()
        var bar = output.bar(total: 4_000, columns: nil)
        bar.update(0)
        output.wait(.seconds(1))
        bar.update(500)
        output.wait(.seconds(4))
        bar.update(2_500)
        bar.finish("done")
        #expect(
            output.written == """
                Importing: 0 of 4,000 (0 %), 0 a second
                Importing: 2,500 of 4,000 (62 %), 500 a second
                Importing: done

                """
        )
    }

    @Test(
        "Sizes are said as people say them",
        arguments: [
            (0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (28_591 * 1_024, "29 MB"), (1_377_557_908, "1.4 GB"),
            (9_960, "10.0 kB"), (.max, "9223372 TB"),
        ] as [(Int64, String)]
    )
    func sizes(bytes: Int64, text: String) {
        #expect(bytes.asSize == text)
    }
}
