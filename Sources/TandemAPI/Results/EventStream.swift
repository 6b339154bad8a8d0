// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// Server-sent events, one for each value of a sequence: 200, `text/event-stream`.
///
/// ```swift
/// @GET("changes") func changes(lastEventID: Header<String?>) -> EventStream<Ticket> {
///     EventStream(self.store.changes(after: lastEventID.value), id: { String($0.version) })
/// }
/// ```
/// Each event is sent as soon as its value is there, and the next value is asked for when the client has taken it. The
/// stream ends with the sequence; where the client goes, the task that iterates is cancelled. A client that comes back
/// says in `last-event-id` which event it saw last.
///
/// Where the sequence throws, an event `error` with the problem document is the last one. An error with a status of
/// 500 or above then cuts the connection too, and is in the log.
public struct EventStream<Element: Sendable>: EndpointResult {
    private let heartbeat: Duration?
    private let produce: @Sendable (EventWriter) async throws -> Void

    /// Events of values, each as JSON in its event's data.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - heartbeat: After how long a silence a comment is sent, so that nothing in between takes the connection for
    ///     dead, and a client that is gone is noticed; `nil` for never. 15 seconds.
    ///   - event: The name of a value's event, which clients listen for; `nil` for `message`.
    ///   - id: What a client that comes back has to say to go on behind a value; `nil` for what it said before.
    public init<Values: AsyncSequence & Sendable>(
        _ values: Values,
        heartbeat: Duration? = .seconds(15),
        event: @escaping @Sendable (Element) -> String? = { _ in nil },
        id: @escaping @Sendable (Element) -> String? = { _ in nil }
    ) where Values.Element == Element, Element: Schema {
        self.heartbeat = heartbeat
        self.produce = { writer in
            for try await value in values {
                try await writer.send(data: JSON.text(value), event: event(value), id: id(value))
            }
        }
    }

    /// Events as they are.
    ///
    /// - Parameters:
    ///   - events: The events.
    ///   - heartbeat: After how long a silence a comment is sent; `nil` for never. 15 seconds.
    public init<Events: AsyncSequence & Sendable>(
        _ events: Events,
        heartbeat: Duration? = .seconds(15)
    ) where Events.Element == Element, Element == ServerSentEvent {
        self.heartbeat = heartbeat
        self.produce = { writer in
            for try await event in events { try await writer.send(event) }
        }
    }

    /// 200 with the events.
    public func response(to call: Call) -> Response {
        .events(heartbeat: self.heartbeat) { writer in
            do {
                try await self.produce(writer)
            } catch {
                try await Self.end(writer, error)
            }
            // A sequence that is cancelled may end as if it were over.
            try Task.checkCancellation()
        }
    }

    private static func end(_ writer: EventWriter, _ error: any Error) async throws {
        let problem = (error as? any ProblemError)?.problem ?? HTTPError(answering: error)
        guard problem.code != HTTPError.clientGone.code else { throw error }
        try await writer.send(ServerSentEvent(data: problem.document.string, event: "error"))
        if problem.status.code >= 500 { throw error }
    }

    /// Events, as their fields, and what their data is like where that is known.
    public static func describe(in definitions: inout Definitions) -> ResultDescription {
        let item = (Element.self as? any Schema.Type)?.describe(in: &definitions)
        var data = JSONSchema(type: "string")
        if let item {
            data["contentMediaType"] = "application/json"
            data["contentSchema"] = .object(item.keywords)
        }
        let fields: JSONObject = [
            "data": .object(data.keywords), "event": ["type": "string"], "id": ["type": "string"],
            "retry": ["type": "integer"],
        ]
        let event = JSONSchema(["type": "object", "properties": .object(fields)])
        var result = ResultDescription(.ok, contentType: "text/event-stream", schema: event)
        result.itemSchema = item
        return result
    }
}
