// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Response {
    /// A response of server-sent events (WHATWG HTML, section 9.2), each sent as soon as the sequence gives it.
    ///
    /// ```swift
    /// Response(events: prices.map { ServerSentEvent(data: $0.json, event: "price") })
    /// ```
    ///
    /// The response ends with the sequence. Where the sequence throws, the connection is cut and the client comes
    /// back; where the client goes, the task that iterates is cancelled.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - heartbeat: After how long a silence a comment is sent, so that nothing in between takes the connection
    ///     for dead, and a client that is gone is noticed; `nil` for never. 15 seconds.
    public init<Events: AsyncSequence & Sendable>(
        events: Events,
        heartbeat: Duration? = .seconds(15)
    ) where Events.Element == ServerSentEvent {
        self.init(heartbeat: heartbeat, clock: ContinuousClock()) { writer in
            for try await event in events { try await writer.send(event) }
        }
    }

    /// A response of server-sent events (WHATWG HTML, section 9.2) that a closure sends; it ends with the closure.
    ///
    /// ```swift
    /// Response.events { events in
    ///     for step in 1...3 { try await events.send(data: "step \(step)", event: "progress") }
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - heartbeat: After how long a silence a comment is sent; `nil` for never. 15 seconds.
    ///   - produce: Sends the events. It is cancelled where the client goes; where it throws, the connection is cut.
    /// - Returns: The response.
    public static func events(
        heartbeat: Duration? = .seconds(15),
        _ produce: @escaping @Sendable (EventWriter) async throws -> Void
    ) -> Response {
        Response(heartbeat: heartbeat, clock: ContinuousClock(), produce)
    }

    package init<C: Clock>(
        heartbeat interval: Duration?,
        clock: C,
        _ produce: @escaping @Sendable (EventWriter) async throws -> Void
    ) where C.Duration == Duration {
        let stream = BodyStream { body in
            // An empty comment, so that the client knows at once that it is connected.
            try await body.write(":\n\n")
            guard let interval else { return try await produce(EventWriter(body)) }
            let heartbeat = Heartbeat(every: interval, clock: clock)
            let events = EventWriter(body, wasSent: heartbeat.wasSent)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await produce(events) }
                group.addTask { try await heartbeat.run { try await events.send(ServerSentEvent(comment: "")) } }
                // The first to end ends the other: the events are over, or the client is gone.
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        self.init(headers: .eventStream, body: .stream(stream))
    }
}

extension Request {
    /// The identifier of the last event that a client coming back has seen (the field Last-Event-ID).
    public var lastEventID: String? {
        self.headers["last-event-id"].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Headers {
    fileprivate static let eventStream: Headers = [
        "content-type": "text/event-stream",
        "cache-control": "no-cache",
        "x-accel-buffering": "no",
    ]
}
