// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Asks a client now and then whether it is there, and says when it is not; in milliseconds.
struct Heartbeat: Sendable {
    /// What is to be done once the time has come.
    enum Action: Sendable, Equatable {
        case nothing
        case ping
        /// The client did not answer.
        case giveUp
    }

    private let interval: Int64
    private let timeout: Int64
    /// When there is something to do next.
    private(set) var due: Int64
    /// Whether the client has been asked and has not answered.
    private(set) var isWaiting = false
    /// When the client last said anything since it was asked.
    private var lastHeard: Int64

    init(interval: Int64, timeout: Int64, now: Int64) {
        self.interval = interval
        self.timeout = timeout
        self.due = now + interval
        self.lastHeard = now
    }

    /// The client has said anything: a pong may stand in a long queue behind other things, and is waited for.
    mutating func heard(at now: Int64) { self.lastHeard = now }

    /// The client has answered, or says unasked that it is there.
    mutating func pong(at now: Int64) {
        self.isWaiting = false
        self.due = now + self.interval
    }

    /// Looks at the time.
    mutating func tick(at now: Int64) -> Action {
        guard now >= self.due else { return .nothing }
        guard self.isWaiting else {
            self.isWaiting = true
            self.due = now + self.timeout
            self.lastHeard = now
            return .ping
        }
        let due = self.lastHeard + self.timeout
        guard due > self.due else { return .giveUp }
        self.due = due
        return now >= due ? .giveUp : .nothing
    }
}
