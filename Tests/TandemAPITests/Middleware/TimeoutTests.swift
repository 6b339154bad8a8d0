// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemAPI
import TandemHTTP
import Testing

@Suite("Time-outs of handlers")
struct TimeoutTests {
    private let clock = HandClock()

    /// A stream that ends when the task is cancelled, or never.
    private static func forever() async {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        for await _ in stream {}
        withExtendedLifetime(continuation) {}
    }

    /// What is answered to a request that is still waiting when the time is over.
    private func late(_ handler: any Handler, _ timeout: Timeout, after limit: Duration) async -> Served {
        async let served = Served(of: handler.wrapped(in: [timeout]), to: Request(.get, "/"))
        for await sleep in self.clock.sleeps {
            #expect(sleep == limit)
            self.clock.advance(by: limit)
            break
        }
        return await served
    }

    @Test("What is answered in time stays as it is, errors too")
    func inTime() async throws {
        let timeout = Timeout(clock: self.clock)
        #expect(try await answer(Request(.get, "/"), behind: [timeout]).text == "Hello")
        let failed = try await answer(Request(.get, "/"), behind: [timeout]) { _ in throw HTTPError(.conflict) }
        #expect(failed.status == .conflict)
        #expect(self.clock.sleepers == 0)
    }

    @Test("A handler that suspends and answers in time ends the timer")
    func suspends() async throws {
        let handler = ClosureHandler { _ in
            for await _ in self.clock.sleeps { break }
            return Response("in time")
        }
        let served = await Served(of: handler.wrapped(in: [Timeout(clock: self.clock)]), to: Request(.get, "/"))
        #expect(served.text == "in time")
        while self.clock.sleepers > 0 { await Task.yield() }
    }

    @Test("After 30 seconds it is 503, and the handler is cancelled")
    func standard() async throws {
        let (ended, end) = AsyncStream<Bool>.makeStream()
        let handler = ClosureHandler { _ in
            await Self.forever()
            end.yield(Task.isCancelled)
            return Response("late")
        }
        let served = await self.late(handler, Timeout(clock: self.clock), after: .seconds(30))
        #expect(served.status == .serviceUnavailable)
        #expect(served.text?.contains("\"code\":\"handler-timeout\"") == true)
        for await wasCancelled in ended {
            #expect(wasCancelled)
            break
        }
    }

    @Test("The limit and the status are as they are set")
    func configured() async throws {
        let handler = ClosureHandler { _ in
            await Self.forever()
            throw CancellationError()
        }
        let timeout = Timeout(.seconds(2), status: .gatewayTimeout, clock: self.clock)
        #expect(await self.late(handler, timeout, after: .seconds(2)).status == .gatewayTimeout)
    }

    @Test("A handler that takes no notice keeps nobody waiting")
    func stubborn() async throws {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        let handler = ClosureHandler { _ in
            // A task of its own is not cancelled with this one.
            await Task { for await _ in gate {} }.value
            end.finish()
            return Response("late")
        }
        let served = await self.late(handler, Timeout(.seconds(1), clock: self.clock), after: .seconds(1))
        #expect(served.status == .serviceUnavailable)
        open.finish()
        for await _ in ended {}
    }

    @Test("A client that goes cancels the handler")
    func cancelled() async throws {
        let handler = ClosureHandler { _ in
            await Self.forever()
            try Task.checkCancellation()
            return Response("not cancelled")
        }
        let wrapped = handler.wrapped(in: [Timeout(clock: self.clock)])
        let task = Task { await Served(of: wrapped, to: Request(.get, "/")) }
        for await _ in self.clock.sleeps { break }
        task.cancel()
        #expect(await task.value.status == 499)
    }

    @Test("Task-local values hold in the handler")
    func taskLocals() async throws {
        let handler = ClosureHandler { _ in
            await Task.yield()
            return Response(Self.mark)
        }
        let wrapped = handler.wrapped(in: [Timeout(clock: self.clock)])
        let served = await Self.$mark.withValue("set") { await Served(of: wrapped, to: Request(.get, "/")) }
        #expect(served.text == "set")
    }

    @TaskLocal private static var mark = "not set"
}
