// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("The line before a pool, without threads")
struct OffloadQueueTests {
    @Test("Jobs take the free lanes first, then wait in order")
    func order() throws {
        var queue = OffloadQueue<String>(width: 2, limit: 10)
        #expect(try queue.hand("a") == .start(lane: 0))
        #expect(try queue.hand("b") == .start(lane: 1))
        #expect(try queue.hand("c") == .wait)
        #expect(try queue.hand("d") == .wait)
        #expect(queue.next(on: 1) == "c")
        #expect(queue.next(on: 0) == "d")
        #expect(queue.next(on: 0) == nil)
        #expect(!queue.isIdle)
        #expect(queue.next(on: 1) == nil)
        #expect(queue.isIdle)
    }

    @Test("A full line gives no ticket, until a place is free", arguments: [0, 1, 3])
    func full(limit: Int) throws {
        var queue = OffloadQueue<Int>(width: 1, limit: limit)
        for job in 0...limit { _ = try queue.hand(job) }
        #expect(queue.draw() == nil)
        #expect(queue.next(on: 0) == (limit == 0 ? nil : 1))
        #expect(queue.draw() != nil)
        #expect(queue.draw() == nil)
    }

    @Test("Tickets count before their jobs come, so that no burst overruns the line")
    func drawnTicketsCount() throws {
        var queue = OffloadQueue<Int>(width: 1, limit: 1)
        let tickets = try [queue.ticket(), queue.ticket()]
        #expect(queue.draw() == nil)
        #expect(queue.enter(0, ticket: tickets[1]) == .start(lane: 0))
        #expect(queue.enter(1, ticket: tickets[0]) == .wait)
        #expect(queue.draw() == nil)
    }

    @Test("A cancelled job leaves the line and makes room")
    func cancelWaiting() throws {
        var queue = OffloadQueue<String>(width: 1, limit: 2)
        _ = try queue.hand("running")
        let ticket = try queue.ticket()
        #expect(queue.enter("cancelled", ticket: ticket) == .wait)
        #expect(try queue.hand("next") == .wait)
        #expect(queue.cancel(ticket) == "cancelled")
        #expect(queue.cancel(ticket) == nil)
        #expect(queue.waitingCount == 1)
        #expect(try queue.hand("last") == .wait)
        #expect(queue.next(on: 0) == "next")
        #expect(queue.next(on: 0) == "last")
    }

    @Test("A ticket that is cancelled before its job comes turns the job away")
    func cancelEarly() throws {
        var queue = OffloadQueue<String>(width: 1, limit: 0)
        let ticket = try queue.ticket()
        #expect(queue.cancel(ticket) == nil)
        #expect(queue.enter("late", ticket: ticket) == .turnAway)
        #expect(queue.isIdle)
        #expect(try queue.hand("other") == .start(lane: 0))
    }

    @Test("Cancelling what runs changes nothing")
    func cancelRunning() throws {
        var queue = OffloadQueue<String>(width: 1, limit: 0)
        let ticket = try queue.ticket()
        #expect(queue.enter("running", ticket: ticket) == .start(lane: 0))
        #expect(queue.cancel(ticket) == nil)
        #expect(queue.draw() == nil)
        #expect(queue.next(on: 0) == nil)
        #expect(queue.isIdle)
    }

    @Test("Whatever happens in whatever order, the width, the limit and the order hold", arguments: 0..<20)
    func anyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let (width, limit) = (Int.random(in: 1...3, using: &random), Int.random(in: 0...4, using: &random))
        var queue = OffloadQueue<UInt64>(width: width, limit: limit)
        var drawn: [UInt64] = []
        var line: [UInt64] = []
        var busy: Set<Int> = []
        for _ in 0..<500 {
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let room = drawn.count + line.count < limit + width - busy.count
                let ticket = queue.draw()
                #expect((ticket != nil) == room)
                if let ticket { drawn.append(ticket) }
            case 1:
                guard let ticket = drawn.popLast() else { continue }
                switch queue.enter(ticket, ticket: ticket) {
                case .start(let lane): #expect(busy.insert(lane).inserted && line.isEmpty)
                case .wait: line.append(ticket)
                case .turnAway: Issue.record("nothing was cancelled before it came")
                }
            case 2:
                guard let ticket = line.randomElement(using: &random) else { continue }
                #expect(queue.cancel(ticket) == ticket)
                line.removeAll { $0 == ticket }
            default:
                guard let lane = busy.sorted().randomElement(using: &random) else { continue }
                let next = queue.next(on: lane)
                #expect(next == line.first)
                if line.isEmpty { busy.remove(lane) } else { line.removeFirst() }
            }
            #expect(busy.count <= width && line.count <= limit && queue.waitingCount == line.count)
        }
    }
}

extension OffloadQueue {
    fileprivate mutating func hand(_ job: Job) throws -> Admission {
        let ticket = try self.ticket()
        return self.enter(job, ticket: ticket)
    }

    fileprivate mutating func ticket() throws -> UInt64 {
        let ticket = self.draw()
        return try #require(ticket)
    }
}
