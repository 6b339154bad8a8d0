// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// How far something is: one line that is drawn again and again on a terminal, a line now and then elsewhere.
struct ProgressBar {
    /// What is being done.
    let title: String
    /// How much there is to do, as far as that is known.
    var total: Int?
    /// The columns of the terminal; `nil` where the output is none.
    private let columns: Int?
    private let write: @Sendable (String) -> Void
    private let now: @Sendable () -> ContinuousClock.Instant
    private let start: ContinuousClock.Instant
    private var drawn: ContinuousClock.Instant?

    /// How often it is drawn again, and how often a line is written where there is no terminal.
    private static let redraw = Duration.milliseconds(100)
    private static let rewrite = Duration.seconds(5)

    init(
        _ title: String,
        total: Int?,
        columns: Int? = Terminal.columns,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        write: @escaping @Sendable (String) -> Void = Terminal.write
    ) {
        self.title = title
        self.total = total
        self.columns = columns
        self.now = now
        self.write = write
        self.start = now()
    }

    /// Shows that as much is done, unless that was shown a moment ago.
    mutating func update(_ done: Int) {
        let now = self.now()
        let pause = self.columns == nil ? Self.rewrite : Self.redraw
        if let drawn, drawn.duration(to: now) < pause { return }
        self.drawn = now
        self.draw(done, at: now)
    }

    /// Shows the end, and what came of it.
    func finish(_ result: String) {
        self.write(self.columns == nil ? "\(self.title): \(result)\n" : "\r\u{1B}[K\(self.title): \(result)\n")
    }

    private func draw(_ done: Int, at now: ContinuousClock.Instant) {
        let rate = Double(done) / max(self.start.duration(to: now) / .seconds(1), 0.001)
        let share = self.total.map { min(1, Double(done) / Double(max($0, 1))) }
        var text = "\(done.grouped)"
        if let total, let share { text += " of \(total.grouped) (\(Int(share * 100)) %)" }
        text += ", \(Int(rate).grouped) a second"
        guard let columns else { return self.write("\(self.title): \(text)\n") }
        let room = columns - self.title.count - text.count - 6
        var line = self.title
        if let share, room >= 10 {
            let width = min(room, 40)
            let full = Int(share * Double(width))
            line += " [\(String(repeating: "█", count: full))\(String(repeating: "·", count: width - full))]"
        }
        self.write("\r\u{1B}[K" + "\(line) \(text)".prefix(max(columns - 1, 1)))
    }
}
