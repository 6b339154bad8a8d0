// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore

/// Counts what a client can send for nothing and the library does not count: window updates, and streams that the
/// server has to reset.
struct FloodGuard {
    private var windowUpdates = 0
    private var windowUpdateBudget = Self.windowUpdateBase
    private var faults = 0
    private var faultsSince = NIODeadline.distantPast
    private let faultLimit: Int
    private let faultWindow: TimeAmount

    /// A client that reads sends an update or two for each frame; one that reads nothing has no need of any.
    private static let windowUpdateBase = 1_000
    private static let windowUpdatesPerFrame = 10

    init(faults: Int, within window: TimeAmount) {
        self.faultLimit = faults
        self.faultWindow = window
    }

    /// Notes that a DATA frame or a response was sent, which may be answered with window updates.
    mutating func sentFrame() {
        self.windowUpdateBudget &+= Self.windowUpdatesPerFrame
    }

    /// Counts a WINDOW_UPDATE frame; true where there are too many.
    mutating func receivedWindowUpdate() -> Bool {
        self.windowUpdates &+= 1
        return self.windowUpdates > self.windowUpdateBudget
    }

    /// Counts a stream that was reset because of what its client did; true where there are too many.
    mutating func resetStream(at now: NIODeadline) -> Bool {
        if now - self.faultsSince > self.faultWindow {
            self.faultsSince = now
            self.faults = 0
        }
        self.faults += 1
        return self.faults > self.faultLimit
    }
}
#endif
