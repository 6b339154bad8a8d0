// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// A client that asks a handler without a socket, as a server would.
/// ```swift
/// let client = TestClient(try routes.handler())
/// let response = try await client.get("/tickets?limit=1")
/// #expect(try response.json([Ticket].self).count == 1)
/// ```
/// Errors are answered as the server answers them. What the server does with bytes (limits, framing, HTTP/2) is not
/// in the way; `App.serve` in tests has that.
public struct TestClient: Sendable {
    /// Fields that each request is sent with, unless it has them itself.
    public var headers: Headers = [:]
    private let handler: any Handler

    /// A client of a handler.
    public init(_ handler: any Handler) {
        self.handler = handler
    }

    /// Sends a request, and reads the whole of what is answered.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - limit: The most bytes to read of a body, 64 MiB unless said otherwise; a stream without end needs `stream`.
    /// - Returns: What was answered.
    /// - Throws: What a streamed body throws, and ``TestClientError`` beyond the limit.
    public func send(_ request: Request, upTo limit: Int = 64 << 20) async throws -> TestResponse {
        let response = await self.answer(request)
        let sink = CollectingSink(limit: limit)
        try await response.body.write(to: BodyWriter(sink))
        return TestResponse(status: response.status, headers: response.headers, body: await sink.bytes)
    }

    /// Sends a request, and reads what is answered as it comes; what is left when `body` returns is cancelled, as when
    /// a client goes away.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - body: Reads.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func stream<Result: Sendable>(
        _ request: Request,
        _ body: (TestStream) async throws -> Result
    ) async throws -> Result {
        let response = await self.answer(request)
        let pipe = Pipe()
        let producer = Task {
            do {
                try await response.body.write(to: BodyWriter(pipe))
                await pipe.finish(nil)
            } catch {
                await pipe.finish(error)
            }
        }
        defer { producer.cancel() }
        let result = try await body(TestStream(status: response.status, headers: response.headers, pipe: pipe))
        await pipe.close()
        return result
    }

    private func answer(_ request: Request) async -> Response {
        var request = request
        for (name, value) in self.headers where !request.headers.contains(name) { request.headers.add(name, value) }
        do {
            if let response = try self.handler.respondImmediately(to: request) { return response }
            return try await self.handler.respond(to: request)
        } catch {
            return HTTPError(answering: error).response
        }
    }
}

// MARK: - Requests

extension TestClient {
    /// Asks with GET.
    public func get(_ target: String, headers: Headers = [:]) async throws -> TestResponse {
        try await self.send(Request(.get, target, headers: headers))
    }

    /// Asks with DELETE.
    public func delete(_ target: String, headers: Headers = [:]) async throws -> TestResponse {
        try await self.send(Request(.delete, target, headers: headers))
    }

    /// Asks with POST, with a value as JSON.
    public func post<Value: Schema>(
        _ target: String,
        json value: Value,
        headers: Headers = [:]
    ) async throws -> TestResponse {
        try await self.send(.post, target, json: value, headers: headers)
    }

    /// Asks with PUT, with a value as JSON.
    public func put<Value: Schema>(
        _ target: String,
        json value: Value,
        headers: Headers = [:]
    ) async throws -> TestResponse {
        try await self.send(.put, target, json: value, headers: headers)
    }

    /// Asks with PATCH, with a value as JSON.
    public func patch<Value: Schema>(
        _ target: String,
        json value: Value,
        headers: Headers = [:]
    ) async throws -> TestResponse {
        try await self.send(.patch, target, json: value, headers: headers)
    }

    /// Asks with any method, with a value as JSON.
    public func send<Value: Schema>(
        _ method: Method,
        _ target: String,
        json value: Value,
        headers: Headers = [:]
    ) async throws -> TestResponse {
        var headers = headers
        if !headers.contains("content-type") { headers["content-type"] = "application/json" }
        return try await self.send(Request(method, target, headers: headers, body: Bytes(try JSON.encode(value))))
    }

    /// Asks with POST, with a form: its texts, and its files where there are any.
    public func post(
        _ target: String,
        form fields: FormFields,
        files: [UploadedFile] = [],
        headers: Headers = [:]
    ) async throws -> TestResponse {
        var headers = headers
        let form = try await TestForm(fields, files)
        headers["content-type"] = form.contentType
        return try await self.send(Request(.post, target, headers: headers, body: form.body))
    }
}
