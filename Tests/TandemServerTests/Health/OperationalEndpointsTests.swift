// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Metrics
import TandemHTTP
import Testing

@testable import TandemServer

@Suite("The paths of operation")
struct OperationalEndpointsTests {
    struct Broken: Error {}

    private func answer(
        _ method: Method = .get,
        _ target: String,
        settings: OperationalSettings = OperationalSettings()
    ) async throws -> (status: Status, type: String?, body: String) {
        let application = ImmediateHandler { _ in Response("application") }
        let endpoints = OperationalEndpoints(settings, application: application)
        let request = Request(method, target)
        let response: Response
        if let immediate = try endpoints.respondImmediately(to: request) {
            response = immediate
        } else {
            response = try await endpoints.respond(to: request)
        }
        guard case .bytes(let bytes) = response.body else { return (response.status, nil, "") }
        return (response.status, response.headers["content-type"], String(decoding: bytes, as: UTF8.self))
    }

    private func serving(checks: [String: Health.Check] = [:]) -> OperationalSettings {
        var settings = OperationalSettings()
        settings.health = Health(checks: checks)
        settings.health.ready()
        return settings
    }

    @Test(
        "The process lives, whatever else is true",
        arguments: ["/health/live", "/health/live?probe=1", "/health/live?"]
    )
    func live(target: String) async throws {
        let settings = OperationalSettings()
        settings.health.drain()
        let answer = try await self.answer(.get, target, settings: settings)
        #expect(answer.status == .ok)
        #expect(answer.body == #"{"status":"live"}"#)
    }

    @Test("A server that starts or shuts down is not ready, as a problem document")
    func notReady() async throws {
        let settings = OperationalSettings()
        let starting = try await self.answer(.get, "/health/ready", settings: settings)
        #expect(starting.status == .serviceUnavailable)
        #expect(starting.type == "application/problem+json")
        #expect(
            starting.body
                == #"{"type":"about:blank","title":"Service Unavailable","status":503,"code":"not-ready","#
                + #""detail":"The server is starting.","checks":{}}"#
        )
        settings.health.drain()
        #expect(try await self.answer(.get, "/health/ready", settings: settings).body.contains("shutting down"))
    }

    @Test("A server that serves is ready, and answers without a task where it has no checks")
    func ready() async throws {
        let settings = self.serving()
        let answer = try await self.answer(.get, "/health/ready", settings: settings)
        #expect(answer.status == .ok)
        #expect(answer.type == "application/json")
        #expect(answer.body == #"{"status":"ready","checks":{}}"#)
        let endpoints = OperationalEndpoints(settings, application: ImmediateHandler { _ in Response() })
        #expect(try endpoints.respondImmediately(to: Request(.get, "/health/ready")) != nil)
    }

    @Test("Checks are named with their outcome, and what they threw is not shown")
    func checks() async throws {
        let settings = self.serving(checks: [#"the "db""#: { throw HTTPError(500, "s3cret") }, "cache": {}])
        let answer = try await self.answer(.get, "/health/ready", settings: settings)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.body.hasSuffix(#""checks":{"cache":"passed","the \"db\"":"failed"}}"#))
        #expect(answer.body.contains(#""detail":"Not passed: the \"db\".""#))
        #expect(!answer.body.contains("s3cret"))
    }

    @Test("Passed checks are named too")
    func passed() async throws {
        let answer = try await self.answer(.head, "/health/ready", settings: self.serving(checks: ["db": {}]))
        #expect(answer.body == #"{"status":"ready","checks":{"db":"passed"}}"#)
    }

    @Test(
        "Everything else is the application's",
        arguments: [
            "/", "*", "", "/health", "/health/", "/health/live/", "/health/liveliness", "/health/lives", "/Health/live",
            "/health%2Flive", "//health/live", "/health/live#", "/metrics", "/x?/health/live",
        ]
    )
    func application(target: String) async throws {
        #expect(try await self.answer(.get, target).body == "application")
    }

    @Test("A handler that suspends is called as one")
    func asynchronousApplication() async throws {
        let application = ClosureHandler { _ in Response("later") }
        let endpoints = OperationalEndpoints(OperationalSettings(), application: application)
        #expect(try endpoints.respondImmediately(to: Request(.get, "/")) == nil)
        #expect(try await endpoints.respond(to: Request(.get, "/")).body.length == 5)
    }

    @Test("The paths are for reading", arguments: ["/health/live", "/health/ready", "/metrics"])
    func methods(path: String) async {
        var settings = self.serving()
        settings.metricsPath = "/metrics"
        let error = await #expect(throws: HTTPError.self) { try await self.answer(.post, path, settings: settings) }
        #expect(error?.status == .methodNotAllowed)
        #expect(error?.headers["allow"] == "GET, HEAD")
    }

    @Test("The paths can be elsewhere, or nowhere")
    func paths() async throws {
        var settings = self.serving()
        settings.livePath = "/up"
        settings.readyPath = nil
        #expect(try await self.answer(.get, "/up", settings: settings).body == #"{"status":"live"}"#)
        #expect(try await self.answer(.get, "/health/live", settings: settings).body == "application")
        #expect(try await self.answer(.get, "/health/ready", settings: settings).body == "application")
    }

    @Test("Metrics are served where they are asked to be")
    func metrics() async throws {
        var settings = self.serving()
        settings.metricsPath = "/metrics"
        settings.metrics = PrometheusMetrics()
        Counter(label: "jobs", factory: settings.metrics).increment()
        let answer = try await self.answer(.get, "/metrics", settings: settings)
        #expect(answer.type == "text/plain; version=0.0.4; charset=utf-8")
        #expect(answer.body == "# TYPE jobs counter\njobs 1\n")
    }
}
