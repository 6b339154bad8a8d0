// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The events that clients may have missed, and the sessions of those that may come back.
struct PacketLog {
    /// The sessions that are kept; of more, the oldest go.
    private static let maxSessions = 100_000

    private struct Entry {
        let payload: SocketIOPayload
        let options: BroadcastOptions
        let time: ContinuousClock.Instant
        let bytes: Int
    }

    private struct Kept {
        let session: SocketIOSession
        let time: ContinuousClock.Instant
    }

    private let duration: Duration
    private let bufferBytes: Int
    /// Tells the offsets of this log from those of another process, or of one that ended.
    private let name = String(hexadecimal: RandomIDs.shared.word())
    private var entries: [Entry] = []
    /// The entries before this one are gone.
    private var head = 0
    /// The number of the entry at `head`.
    private var number = 0
    private var bytes = 0
    private var sessions: [String: Kept] = [:]
    /// The sessions in the order in which they came, some of which are gone.
    private var order: [(pid: String, time: ContinuousClock.Instant)] = []
    private var orderHead = 0

    init(_ duration: Duration, bufferBytes: Int) {
        self.duration = duration
        self.bufferBytes = bufferBytes
    }

    /// Remembers an event.
    ///
    /// - Returns: The event with its offset as the last argument.
    mutating func append(
        _ payload: SocketIOPayload,
        _ options: BroadcastOptions,
        at now: ContinuousClock.Instant
    ) -> SocketIOPayload {
        let offset = "\(self.name)-\(self.number + self.entries.count - self.head)"
        let json = payload.json.dropLast() + ",\"\(offset)\"]"
        let payload = SocketIOPayload(json: String(json), attachments: payload.attachments)
        let bytes = payload.attachments.reduce(payload.json.utf8.count + 128) { $0 + $1.count }
        self.entries.append(Entry(payload: payload, options: options, time: now, bytes: bytes))
        self.bytes += bytes
        while self.head < self.entries.count,
            self.bytes > self.bufferBytes || self.entries[self.head].time + self.duration < now
        {
            self.bytes -= self.entries[self.head].bytes
            self.head += 1
            self.number += 1
        }
        // Half of the array at most is of entries that are gone.
        if self.head > 64, self.head > self.entries.count / 2 {
            self.entries.removeFirst(self.head)
            self.head = 0
        }
        return payload
    }

    mutating func persist(_ session: SocketIOSession, at now: ContinuousClock.Instant) {
        self.sessions[session.pid] = Kept(session: session, time: now)
        self.order.append((session.pid, now))
        while self.orderHead < self.order.count {
            let oldest = self.order[self.orderHead]
            guard oldest.time + self.duration < now || self.sessions.count > Self.maxSessions else { break }
            if self.sessions[oldest.pid]?.time == oldest.time { self.sessions[oldest.pid] = nil }
            self.orderHead += 1
        }
        if self.orderHead > 64, self.orderHead > self.order.count / 2 {
            self.order.removeFirst(self.orderHead)
            self.orderHead = 0
        }
    }

    /// A session, with what its client missed after an offset; `nil` where it has to start anew.
    func session(_ pid: String, after offset: String, at now: ContinuousClock.Instant) -> SocketIOSession? {
        guard let kept = self.sessions[pid], kept.time + self.duration >= now else { return nil }
        let parts = offset.split(separator: "-")
        guard parts.count == 2, parts[0] == self.name, let number = Int(parts[1]), number >= self.number - 1,
            number - self.number < self.entries.count - self.head
        else { return nil }
        var session = kept.session
        let missed = self.entries[(self.head + number - self.number + 1)...]
        session.missedPackets = missed.filter { session.receives($0.options) }.map(\.payload)
        return session
    }

    mutating func forget(_ pid: String) { self.sessions[pid] = nil }
}
