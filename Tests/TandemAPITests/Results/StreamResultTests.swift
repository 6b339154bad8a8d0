// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

private struct Broken: Error {}

/// What streams are made of in these tests.
private struct Source: Sendable {
    let values: AsyncThrowingStream<Ticket, any Error>
    let continuation: AsyncThrowingStream<Ticket, any Error>.Continuation
    /// Ends where nobody takes the values any more.
    let ends: AsyncStream<Void>

    init(_ tickets: Ticket..., failure: (any Error)? = nil, isOpen: Bool = false) {
        (self.values, self.continuation) = AsyncThrowingStream.makeStream()
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        self.ends = ends
        self.continuation.onTermination = { _ in end.finish() }
        for ticket in tickets { self.continuation.yield(ticket) }
        if !isOpen { self.continuation.finish(throwing: failure) }
    }
}

/// Answers with streams of what it is given.
@API("/changes") private struct Changes {
    let source: Source

    @GET func events() -> EventStream<Ticket> {
        EventStream(self.source.values, event: { $0.urgency == .high ? "urgent" : nil }, id: { String($0.id) })
    }

    @GET("lines") func lines() -> JSONLines<Ticket> { JSONLines(self.source.values) }

    @GET("raw") func raw(lastEventID: Header<Int?>) -> EventStream<ServerSentEvent> {
        let start = lastEventID.value ?? 0
        return EventStream(
            AsyncStream { continuation in
                for number in start + 1...start + 2 {
                    continuation.yield(ServerSentEvent(data: "\(number)", id: "\(number)"))
                }
                continuation.finish()
            }
        )
    }
}

@Suite("Sequences are answered as they go", .timeLimit(.minutes(1)))
struct StreamResultTests {
    private static let ticket = Ticket(id: 1, subject: "a\nb")
    private static let urgent = Ticket(id: 2, subject: "c", urgency: .high)
    private static let line = #"{"id":1,"subject":"a\nb","urgency":"low"}"#

    private func response(_ path: String, _ source: Source, headers: Headers = [:]) async throws -> Response {
        let routes = Routes()
        routes.mount(Changes(source: source))
        return try await routes.handler().respond(to: Request(.get, path, headers: headers))
    }

    @Test("Values are events, with their names and identifiers")
    func events() async throws {
        let response = try await self.response("/changes", Source(Self.ticket, Self.urgent))
        #expect(response.headers["content-type"] == "text/event-stream")
        let body = StreamedBody()
        try await body.serve(response).value
        #expect(
            await body.text
                == ":\n\nid: 1\ndata: \(Self.line)\n\n"
                + "event: urgent\nid: 2\ndata: {\"id\":2,\"subject\":\"c\",\"urgency\":\"high\"}\n\n"
        )
    }

    @Test("Events are sent as they are, from where a client left", arguments: [(nil, 1), ("7", 8)])
    func rawEvents(last: String?, first: Int) async throws {
        let headers: Headers = last.map { ["last-event-id": $0] } ?? [:]
        let body = StreamedBody()
        try await body.serve(self.response("/changes/raw", Source(), headers: headers)).value
        #expect(await body.text == ":\n\nid: \(first)\ndata: \(first)\n\nid: \(first + 1)\ndata: \(first + 1)\n\n")
    }

    @Test("Values are lines")
    func lines() async throws {
        let response = try await self.response("/changes/lines", Source(Self.ticket, Self.ticket))
        #expect(response.headers["content-type"] == "application/jsonl")
        let body = StreamedBody()
        try await body.serve(response).value
        #expect(await body.text == "\(Self.line)\n\(Self.line)\n")
    }

    @Test("Nothing is a stream too", arguments: [("/changes", ":\n\n"), ("/changes/lines", "")])
    func empty(path: String, text: String) async throws {
        let body = StreamedBody()
        try await body.serve(self.response(path, Source())).value
        #expect(await body.text == text)
    }

    @Test("An error that clients are told of is the last event, and the stream is whole")
    func toldError() async throws {
        let body = StreamedBody()
        try await body.serve(self.response("/changes", Source(Self.ticket, failure: DeskError.closed))).value
        #expect(
            await body.text == ":\n\nid: 1\ndata: \(Self.line)\n\nevent: error\ndata: "
                + #"{"type":"about:blank","title":"Conflict","status":409,"code":"ticket-closed","#
                + "\"detail\":\"The ticket is closed.\"}\n\n"
        )
    }

    @Test("Any other error is an event that says nothing of it, and cuts the connection")
    func untoldError() async throws {
        let body = StreamedBody()
        let serving = body.serve(try await self.response("/changes", Source(Self.ticket, failure: Broken())))
        await #expect(throws: Broken.self) { try await serving.value }
        let text = await body.text
        #expect(text.hasSuffix(#""status":500,"code":"internal-server-error"}"# + "\n\n"))
        #expect(!text.contains("Broken"))
    }

    @Test("An error cuts lines off", arguments: [DeskError.closed, Broken()] as [any Error])
    func cutLines(error: any Error) async throws {
        let body = StreamedBody()
        let serving = body.serve(try await self.response("/changes/lines", Source(Self.ticket, failure: error)))
        await #expect(throws: (any Error).self) { try await serving.value }
        #expect(await body.text == "\(Self.line)\n")
    }

    @Test("A value that JSON has no text for cuts the stream off")
    func unwritable() async throws {
        func numbers() -> AsyncStream<Double> {
            AsyncStream { continuation in
                continuation.yield(1.5)
                continuation.yield(.infinity)
                continuation.finish()
            }
        }
        let call = try #require(try await Self.call())
        let body = StreamedBody()
        let serving = body.serve(JSONLines(numbers()).response(to: call))
        await #expect(throws: JSONEncodingError.self) { try await serving.value }
        #expect(await body.text == "1.5\n")
        let events = StreamedBody()
        let sending = events.serve(EventStream(numbers()).response(to: call))
        await #expect(throws: JSONEncodingError.self) { try await sending.value }
        #expect(await events.text.contains("event: error\n"))
    }

    @Test("What cancels the answer ends the sequence", arguments: ["/changes", "/changes/lines"])
    func cancelled(path: String) async throws {
        let source = Source(Self.ticket, isOpen: true)
        let body = StreamedBody()
        let serving = body.serve(try await self.response(path, source))
        var parts = body.parts.makeAsyncIterator()
        while let part = await parts.next(), !part.contains(Self.line) {}
        serving.cancel()
        for await _ in source.ends {}
        await #expect(throws: CancellationError.self) { try await serving.value }
    }

    @Test("A client that is gone leaves nobody who holds the sequence", arguments: ["/changes", "/changes/lines"])
    func gone(path: String) async throws {
        let source = Source(Self.ticket, isOpen: true)
        let ends = source.ends
        let body = StreamedBody(failsAfter: path == "/changes" ? 1 : 0)
        let serving = body.serve(try await self.response(path, consume source))
        let error = await #expect(throws: HTTPError.self) { try await serving.value }
        #expect(error?.code == "client-gone")
        for await _ in ends {}
    }

    @Test("A value is asked for when the client has taken the one before", arguments: [true, false])
    func pace(areLines: Bool) async throws {
        let asked = CountedNumbers.Asked()
        let seen = Mutex<[Int]>([])
        let numbers = CountedNumbers(asked: asked, count: 3)
        let call = try #require(try await Self.call())
        let body = StreamedBody { seen.withLock { $0.append(asked.count) } }
        let response =
            areLines
            ? JSONLines(numbers).response(to: call) : EventStream(numbers, heartbeat: nil).response(to: call)
        try await body.serve(response).value
        #expect(seen.withLock { $0 } == (areLines ? [] : [0]) + [1, 2, 3])
    }

    /// A call, as an endpoint gets it.
    private static func call() async throws -> Call? {
        let call = Mutex<Call?>(nil)
        let routes = Routes()
        routes.get("/") { got in call.withLock { $0 = got } }
        _ = try await routes.handler().respond(to: Request(.get, "/"))
        return call.withLock { $0 }
    }
}
