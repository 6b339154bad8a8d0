// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Says to a statement that nobody waits for it any more.
final class SQLiteInterruption: Sendable {
    private let flag = Atomic(false)

    var isSet: Bool { self.flag.load(ordering: .relaxed) }

    func set() { self.flag.store(true, ordering: .relaxed) }
}

/// Why a statement did not come to its end.
enum SQLiteInterrupted: Error {
    /// It took more steps than it may take here.
    case tooLong
}

/// What SQLite asks every so many steps: whether to go on.
///
/// It belongs to one connection and is asked on the thread that uses it.
final class SQLiteWatch {
    /// The steps between two questions.
    static let stride: Int32 = 1_000

    /// The questions that are answered with yes.
    var questionsLeft = Int.max
    var interruption: SQLiteInterruption?
    private(set) var isTooLong = false

    /// Whether the statement is to stop.
    func stops() -> Bool {
        if let interruption = self.interruption, interruption.isSet { return true }
        if self.questionsLeft == 0 {
            self.isTooLong = true
            return true
        }
        self.questionsLeft -= 1
        return false
    }

    /// Begins to count: the first question comes early, since SQLite counts on from the statement's last run.
    func allow(steps: Int?) {
        self.isTooLong = false
        self.questionsLeft = steps.map { max(1, $0 / Int(Self.stride)) } ?? .max
    }
}
