// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemRealtime

struct HeartbeatTests {
    private let started = Heartbeat(interval: 25_000, timeout: 20_000, now: 1_000)

    @Test
    func `a client is asked after the interval, and given up after the time-out`() {
        var heartbeat = self.started
        #expect(heartbeat.due == 26_000)
        #expect(heartbeat.tick(at: 25_999) == .nothing)
        #expect(heartbeat.tick(at: 26_000) == .ping)
        #expect(heartbeat.due == 46_000)
        #expect(heartbeat.tick(at: 45_999) == .nothing)
        #expect(heartbeat.tick(at: 46_000) == .giveUp)
    }

    @Test
    func `a client that answers is asked again one interval later`() {
        var heartbeat = self.started
        #expect(heartbeat.tick(at: 26_000) == .ping)
        heartbeat.pong(at: 30_000)
        #expect(heartbeat.due == 55_000)
        #expect(heartbeat.tick(at: 54_999) == .nothing)
        #expect(heartbeat.tick(at: 55_000) == .ping)
    }

    @Test
    func `a client that says something else meanwhile has a time-out from then on`() {
        var heartbeat = self.started
        #expect(heartbeat.tick(at: 26_000) == .ping)
        heartbeat.heard(at: 40_000)
        #expect(heartbeat.tick(at: 46_000) == .nothing)
        #expect(heartbeat.due == 60_000)
        #expect(heartbeat.tick(at: 60_000) == .giveUp)
    }

    @Test
    func `what was said long ago is no excuse for a late look`() {
        var heartbeat = self.started
        #expect(heartbeat.tick(at: 26_000) == .ping)
        heartbeat.heard(at: 27_000)
        #expect(heartbeat.tick(at: 90_000) == .giveUp)
    }

    @Test
    func `an unasked answer puts the question off`() {
        var heartbeat = self.started
        heartbeat.pong(at: 20_000)
        #expect(heartbeat.tick(at: 26_000) == .nothing)
        #expect(heartbeat.due == 45_000)
    }
}

struct DeadlineWheelTests {
    @Test
    func `what is due comes back in order, never early and one turn late at most`() {
        var wheel = DeadlineWheel<Int64>(granularity: 10, now: 1_000)
        for time in [1_095, 1_001, 1_050, 1_049, 1_000] as [Int64] { wheel.insert(time, at: time, now: 1_000) }
        var back: [Int64] = []
        for now in stride(from: Int64(1_000), through: 1_110, by: 5) {
            for time in wheel.take(at: now) {
                #expect(time <= now && now <= time + 10)
                back.append(time)
            }
        }
        #expect(back == [1_001, 1_000, 1_049, 1_050, 1_095])
        #expect(wheel.isEmpty)
    }

    @Test
    func `an empty wheel takes no time to catch up`() {
        var wheel = DeadlineWheel<Int>(granularity: 1, now: 0)
        wheel.insert(1, at: 5, now: 0)
        #expect(wheel.take(at: 1 << 50) == [1])
        wheel.insert(2, at: 1 << 51, now: 1 << 51)
        #expect(wheel.take(at: 1 << 51).isEmpty)
        #expect(wheel.take(at: 1 << 51 + 1) == [2])
    }

    @Test
    func `what was due before is due now`() {
        var wheel = DeadlineWheel<Int>(granularity: 10, now: 100)
        wheel.insert(1, at: 150, now: 100)
        #expect(wheel.take(at: 200) == [1])
        wheel.insert(2, at: 120, now: 200)
        wheel.insert(3, at: 300, now: 200)
        #expect(wheel.take(at: 210) == [2])
    }
}
