// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How long a statement took on callers' threads, for whether it may run there again.
///
/// Steps alone do not tell: SQLite counts a whole table, or searches texts, in one. A statement that was long goes to a
/// thread of the driver's at once for a while, for ever longer whiles as long as it stays so.
struct SQLiteInlineRecord {
    /// What is long.
    static let long = Duration.milliseconds(2)

    /// The runs that go elsewhere before it is tried again.
    private var awayLeft = 0
    private var nextAway = Self.firstAway
    private var wasLong = false
    private var runs: UInt = 0

    private static let firstAway = 16
    private static let lastAway = 16_384

    /// Asks for a run here.
    mutating func allows() -> Bool {
        guard self.awayLeft > 0 else { return true }
        self.awayLeft -= 1
        return false
    }

    /// Whether to time the next run: to look at the clock takes a part of what a short one does.
    mutating func isTimed() -> Bool {
        self.runs &+= 1
        return self.wasLong || self.runs <= 4 || self.runs % 16 == 0
    }

    /// Notes a run to the end; once may be the fault of others that kept the processor busy.
    mutating func note(_ duration: Duration) {
        guard duration >= Self.long else {
            self.wasLong = false
            self.nextAway = Self.firstAway
            return
        }
        if self.wasLong { self.sendAway() }
        self.wasLong = true
    }

    /// Notes a run that was interrupted.
    mutating func sendAway() {
        self.awayLeft = self.nextAway
        self.nextAway = min(self.nextAway * 4, Self.lastAway)
    }
}
