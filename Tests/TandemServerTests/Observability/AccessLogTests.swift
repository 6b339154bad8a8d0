// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import InMemoryLogging
import Logging
import TandemHTTP
import Testing

@testable import TandemServer

@Suite("The access log")
struct AccessLogTests {
    let observed = Observed()

    private func entry(
        _ request: Request,
        _ status: Status = .ok,
        error: (any Error)? = nil,
        route: String? = nil
    ) throws -> InMemoryLogHandler.Entry {
        let observation = try #require(Observer(self.observed.settings(.log)).begin(request))
        observation.watching(request).matchedRoute?.pattern = route
        observation.end(status: status, bytesSent: 12, error: error)
        #expect(self.observed.log.entries.count == 1)
        return try #require(self.observed.log.entries.first)
    }

    @Test("A request is one line with its facts beside it")
    func facts() throws {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let entry = try self.entry(
            .sample(headers: ["traceparent": parent, "x-request-id": "abc-1"]),
            route: "/users/{id}"
        )
        #expect(entry.level == .info)
        #expect(entry.message == "GET /users/1 200")
        var facts = entry.metadata.mapValues(\.description)
        let duration = try #require(facts.removeValue(forKey: "duration_ms").flatMap(Double.init))
        #expect(duration >= 0)
        #expect(
            facts == [
                "method": "GET", "path": "/users/1", "status": "200", "bytes": "12", "remote": "192.0.2.7",
                "user_agent": "test/1.0", "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "request_id": "abc-1",
                "route": "/users/{id}",
            ]
        )
    }

    @Test("Neither the query nor any other field is in it")
    func noSecrets() throws {
        let request = Request.sample(
            .get,
            "/login?token=s3cret",
            headers: ["authorization": "Bearer s3cret", "cookie": "s3cret"]
        )
        let entry = try self.entry(request)
        #expect(!"\(entry)".contains("s3cret"))
        #expect(entry.metadata["path"] == "/login")
    }

    @Test("Without a name from the client a request goes by its span", arguments: ["", "two words", "a\u{e9}"])
    func requestID(name: String) throws {
        let headers: Headers = name.isEmpty ? [:] : ["x-request-id": name]
        let id = try #require(self.entry(.sample(headers: headers)).metadata["request_id"]).description
        #expect(id.count == 16 && id.allSatisfy(\.isHexDigit))
    }

    @Test("A client's name for its request is not taken past 128 bytes", arguments: [(128, true), (129, false)])
    func requestIDLength(length: Int, isTaken: Bool) throws {
        let name = String(repeating: "x", count: length)
        let entry = try self.entry(.sample(headers: ["x-request-id": name]))
        #expect((entry.metadata["request_id"]?.description == name) == isTaken)
    }

    @Test("A server error is an error, with its cause")
    func serverError() throws {
        struct DiskFull: Error {}
        let error = HTTPError(.badGateway, "The upstream is gone.", code: "no-upstream", cause: DiskFull())
        let entry = try self.entry(.sample(), .badGateway, error: error)
        #expect(entry.level == .error)
        #expect(entry.metadata["code"] == "no-upstream")
        #expect(entry.metadata["error"] == "502 Bad Gateway: The upstream is gone., because of: DiskFull()")
    }

    @Test("Any thrown error is described")
    func unknownError() throws {
        struct Surprise: Error {}
        #expect(try self.entry(.sample(), 500, error: Surprise()).metadata["error"] == "Surprise()")
    }

    @Test("A client's error is no error of ours: its code is enough")
    func clientError() throws {
        let entry = try self.entry(.sample(), .notFound, error: HTTPError(.notFound, "No such user."))
        #expect(entry.level == .info)
        #expect(entry.metadata["code"] == "not-found")
        #expect(entry.metadata["error"] == nil)
    }

    @Test("A refused request is noted without what could not be read")
    func refused() throws {
        let observer = Observer(self.observed.settings(.log))
        let connection = Request.sample().connection
        observer.refused(HTTPError(.badRequest, "The method is not a token."), connection: connection, bytesSent: 90)
        let entry = try #require(self.observed.log.entries.first)
        #expect(entry.message == "unreadable request 400")
        #expect(entry.metadata["remote"] == "192.0.2.7")
        #expect(entry.metadata["error"] == "400 Bad Request: The method is not a token.")
    }

    @Test("A logger that wants errors alone gets errors alone")
    func level() throws {
        var settings = self.observed.settings(.log)
        settings.accessLog?.logLevel = .error
        let observer = Observer(settings)
        for status in [200, 404, 500] as [Status] {
            try #require(observer.begin(.sample())).end(status: status, bytesSent: 0, error: nil)
        }
        #expect(self.observed.log.entries.map(\.message) == ["GET /users/1 500"])
    }

    @Test(
        "What clients write cannot end a line or drive a terminal",
        arguments: [
            ("plain text", "plain text"), ("a\nb", "a\u{FFFD}b"), ("\u{1B}[2J", "\u{FFFD}[2J"),
            ("a\u{85}b\u{9B}c", "a\u{FFFD}b\u{FFFD}c"), ("a\u{2028}b\u{202E}c", "a\u{FFFD}b\u{FFFD}c"),
            ("grün 日本", "grün 日本"), ("\u{7F}", "\u{FFFD}"), ("", ""),
        ]
    )
    func loggableText(text: String, logged: String) {
        #expect(loggable(text) == logged)
    }

    @Test("What clients write is cut", arguments: ["x", "é", "日", "\u{1}", "👩‍👩‍👧"])
    func longText(unit: String) {
        let logged = loggable(String(repeating: unit, count: 2_000), limit: 100)
        #expect(logged.utf8.count <= 103)
        #expect(logged.hasSuffix("…"))
    }
}
