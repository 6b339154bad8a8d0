// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@testable import TandemRealtime

/// What is remembered for clients that come back.
struct PacketLogTests {
    private static let start = ContinuousClock.now

    private static func session(_ pid: String, rooms: Set<String> = ["blue"]) -> SocketIOSession {
        SocketIOSession(sid: "id-\(pid)", pid: pid, rooms: rooms, data: ["name": "Ada"])
    }

    private static func offset(_ payload: SocketIOPayload) -> String { payload.array.last?.string ?? "" }

    /// Sends an event to rooms, and returns its offset.
    private static func send(
        _ log: inout PacketLog,
        _ number: Int,
        to rooms: Set<String>,
        except: Set<String> = [],
        at time: ContinuousClock.Instant = start
    ) -> String {
        let options = BroadcastOptions(rooms: rooms, except: except)
        return self.offset(log.append(SocketIOPayload(event: "e", number), options, at: time))
    }

    @Test
    func `a client gets what it missed, in order, and nothing twice`() throws {
        var log = PacketLog(.seconds(120), bufferBytes: 1_000_000)
        let first = Self.send(&log, 0, to: ["blue"])
        _ = Self.send(&log, 1, to: ["blue"])
        _ = Self.send(&log, 2, to: ["red"])
        _ = Self.send(&log, 3, to: [])
        _ = Self.send(&log, 4, to: [], except: ["blue"])
        _ = Self.send(&log, 5, to: ["id-a"])
        _ = Self.send(&log, 6, to: ["red", "blue"], except: ["id-a"])
        let last = Self.send(&log, 7, to: ["red", "blue"])
        log.persist(Self.session("a"), at: Self.start)
        let session = try #require(log.session("a", after: first, at: Self.start))
        #expect(session.sid == "id-a")
        #expect(session.data == ["name": "Ada"])
        #expect(session.missedPackets.map { $0.array[1] } == [1, 3, 5, 7])
        #expect(try #require(log.session("a", after: last, at: Self.start)).missedPackets.isEmpty)
        log.forget("a")
        #expect(log.session("a", after: last, at: Self.start) == nil)
    }

    @Test(arguments: ["", "-", "1", "x-0", "0-0", "-1", "9223372036854775808-1"])
    func `an offset of somebody else is none`(offset: String) {
        var log = PacketLog(.seconds(120), bufferBytes: 1_000_000)
        let own = Self.send(&log, 0, to: [])
        log.persist(Self.session("a"), at: Self.start)
        #expect(log.session("a", after: offset, at: Self.start) == nil)
        for wrong in ["1", "-1", "9223372036854775807", "99999999999999999999"] {
            let name = own.split(separator: "-").first ?? ""
            #expect(log.session("a", after: "\(name)-\(wrong)", at: Self.start) == nil)
        }
        #expect(log.session("b", after: own, at: Self.start) == nil)
    }

    @Test
    func `who is away for too long starts anew`() {
        var log = PacketLog(.seconds(120), bufferBytes: 1_000_000)
        let offset = Self.send(&log, 0, to: [])
        log.persist(Self.session("a"), at: Self.start)
        #expect(log.session("a", after: offset, at: Self.start + .seconds(120)) != nil)
        #expect(log.session("a", after: offset, at: Self.start + .seconds(121)) == nil)
    }

    @Test
    func `who missed more than is remembered starts anew`() throws {
        var log = PacketLog(.seconds(120), bufferBytes: 20_000)
        let offsets = (0..<1000).map { Self.send(&log, $0, to: []) }
        log.persist(Self.session("a"), at: Self.start)
        #expect(log.session("a", after: offsets[0], at: Self.start) == nil)
        let session = try #require(log.session("a", after: offsets[989], at: Self.start))
        #expect(session.missedPackets.map { $0.array[1] } == (990..<1000).map { .number($0.description) })
        // Old ones go with the time, too.
        _ = Self.send(&log, 1000, to: [], at: Self.start + .seconds(500))
        log.persist(Self.session("b"), at: Self.start + .seconds(500))
        #expect(log.session("b", after: offsets[998], at: Self.start + .seconds(500)) == nil)
        #expect(log.session("b", after: offsets[999], at: Self.start + .seconds(500))?.missedPackets.count == 1)
    }
}
