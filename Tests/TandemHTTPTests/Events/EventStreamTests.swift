// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Server-sent events as a response", .timeLimit(.minutes(1)))
struct EventStreamTests {
    private struct Broken: Error {}

    /// Writes a response's body to a sink, as the server does.
    private func serve(_ response: Response, to sink: EventSink) -> Task<Void, any Error> {
        Task {
            guard case .stream(let stream) = response.body else { return }
            try await stream.write(BodyWriter(sink))
        }
    }

    @Test("The fields are those of an event stream")
    func fields() {
        let response = Response.events { _ in }
        #expect(response.headers["content-type"] == "text/event-stream")
        #expect(response.headers["cache-control"] == "no-cache")
        #expect(response.headers["x-accel-buffering"] == "no")
        #expect(response.body.length == nil)
    }

    @Test("The events of a sequence are sent one by one, and the response ends with it", arguments: [true, false])
    func sequence(hasHeartbeat: Bool) async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerSentEvent.self)
        let sink = EventSink()
        let serving = self.serve(Response(events: events, heartbeat: hasHeartbeat ? .seconds(900) : nil), to: sink)
        var written = sink.written.makeAsyncIterator()
        #expect(await written.next() == ":\n\n")
        for number in 1...3 {
            source.yield(ServerSentEvent(data: "\(number)"))
            #expect(await written.next() == "data: \(number)\n\n")
        }
        source.finish()
        try await serving.value
    }

    @Test("A closure sends events", arguments: [true, false])
    func closure(hasHeartbeat: Bool) async throws {
        let response = Response.events(heartbeat: hasHeartbeat ? .seconds(900) : nil) { events in
            try await events.send(data: "a", event: "b", id: "c")
            try await events.send(ServerSentEvent(comment: "d"))
        }
        #expect(try await response.text() == ":\n\nevent: b\nid: c\ndata: a\n\n: d\n\n")
    }

    @Test("What the closure throws, the response throws", arguments: [true, false])
    func failure(hasHeartbeat: Bool) async throws {
        let response = Response.events(heartbeat: hasHeartbeat ? .seconds(900) : nil) { _ in throw Broken() }
        await #expect(throws: Broken.self) { try await response.text() }
    }

    @Test("A heartbeat is sent when nothing was sent for the interval")
    func heartbeat() async throws {
        let clock = ManualClock()
        let (triggers, trigger) = AsyncStream.makeStream(of: String.self)
        let response = Response(heartbeat: .seconds(10), clock: clock) { events in
            for await data in triggers { try await events.send(data: data) }
        }
        let sink = EventSink()
        let serving = self.serve(response, to: sink)
        var written = sink.written.makeAsyncIterator()
        var sleeps = clock.sleeps.makeAsyncIterator()
        #expect(await written.next() == ":\n\n")
        #expect(await sleeps.next() == .seconds(10))
        clock.advance(by: .seconds(10))
        #expect(await written.next() == ": \n\n")
        #expect(await sleeps.next() == .seconds(20))
        clock.advance(by: .seconds(6))
        trigger.yield("at 16")
        #expect(await written.next() == "data: at 16\n\n")
        // Nothing is due at 20, only at 26.
        trigger.yield("at 16 too")
        #expect(await written.next() == "data: at 16 too\n\n")
        clock.advance(by: .seconds(4))
        #expect(await sleeps.next() == .seconds(26))
        clock.advance(by: .seconds(6))
        #expect(await written.next() == ": \n\n")
        trigger.finish()
        try await serving.value
    }

    @Test("A heartbeat that finds the client gone cancels what produces the events")
    func clientGone() async throws {
        let clock = ManualClock()
        let response = Response(heartbeat: .seconds(10), clock: clock) { _ in
            let (never, source) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
            source.finish()
            try Task.checkCancellation()
            Issue.record("the producer was not cancelled")
        }
        let sink = EventSink(failsAfter: 1)
        let serving = self.serve(response, to: sink)
        var sleeps = clock.sleeps.makeAsyncIterator()
        #expect(await sleeps.next() == .seconds(10))
        clock.advance(by: .seconds(10))
        let error = await #expect(throws: HTTPError.self) { try await serving.value }
        #expect(error?.code == "client-gone")
    }

    @Test("Cancelling the response cancels the sequence", arguments: [true, false])
    func cancellation(hasHeartbeat: Bool) async throws {
        let (events, source) = AsyncStream.makeStream(of: ServerSentEvent.self)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        source.onTermination = { _ in end.finish() }
        let sink = EventSink()
        let serving = self.serve(Response(events: events, heartbeat: hasHeartbeat ? .seconds(900) : nil), to: sink)
        var written = sink.written.makeAsyncIterator()
        #expect(await written.next() == ":\n\n")
        serving.cancel()
        for await _ in ends {}
        _ = await serving.result
        source.yield(ServerSentEvent(data: "late"))
        sink.finish()
        #expect(await written.next() == nil)
    }

    @Test("Several tasks may send at once, and each event stays whole")
    func severalTasks() async throws {
        let response = Response.events { events in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    group.addTask { try await events.send(data: "\(number)\n\(number)") }
                }
                try await group.waitForAll()
            }
        }
        let sink = EventSink(yields: true)
        try await self.serve(response, to: sink).value
        sink.finish()
        var events: Set<String> = []
        for await text in sink.written.dropFirst() { events.insert(text) }
        #expect(events == Set((0..<50).map { "data: \($0)\ndata: \($0)\n\n" }))
        #expect(!sink.wasWrittenAtOnce)
    }
}
