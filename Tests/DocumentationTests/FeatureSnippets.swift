// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

@Suite("Guide: files, forms, compression, events, offload")
struct FeatureSnippets {
    // snippet: files
    func assets() throws -> StaticFiles {
        var settings = StaticFiles.Settings()
        settings.prefix = "/assets"
        settings.cacheControl = "public, max-age=3600"
        return try StaticFiles(root: "public", settings)
    }
    // end

    @Test("A folder that is not there is an error")
    func files() {
        #expect(throws: FileRootError.self) { try self.assets() }
    }

    // snippet: file
    func report(_ request: Request) throws -> Response {
        try Response(file: "/srv/reports/2026.pdf", for: request, downloadName: "Report 2026.pdf")
    }
    // end

    @Test("A file that is not there is 404")
    func file() {
        #expect(throws: HTTPError.self) { try self.report(Request(.get, "/")) }
    }

    // snippet: form
    func ticket(_ request: Request) async throws -> Response {
        let form = try await request.form()
        guard let subject = form["subject"] else { throw HTTPError(.badRequest, "Say what it is about.") }
        if let photo = form.file("photo") { try await photo.save(to: "/srv/photos/ticket-1.jpg") }
        return Response("Thank you for: \(subject)\n", status: .created)
    }
    // end

    @Test("A form is read")
    func form() async throws {
        let headers: Headers = ["content-type": "application/x-www-form-urlencoded"]
        let response = try await self.ticket(Request(.post, "/", headers: headers, body: "subject=a+door"))
        #expect(response.body.text == "Thank you for: a door\n")
    }

    // snippet: multipart
    func measure(_ request: Request) async throws -> Response {
        var sizes = ""
        for try await part in try request.multipart() {
            var size = 0
            for try await bytes in part.body { size += bytes.count }
            sizes += "\(part.name): \(size)\n"
        }
        return Response(sizes)
    }
    // end

    @Test("Parts are gone over as they arrive")
    func multipart() async throws {
        let headers: Headers = ["content-type": "multipart/form-data; boundary=x"]
        let body: Bytes = "--x\r\ncontent-disposition: form-data; name=\"a\"\r\n\r\nfour\r\n--x--\r\n"
        #expect(try await self.measure(Request(.post, "/", headers: headers, body: body)).body.text == "a: 4\n")
    }

    // snippet: events
    func progress() -> Response {
        Response.events { events in
            for step in 1...3 { try await events.send(data: "step \(step)", event: "progress") }
        }
    }
    // end

    @Test("Events are a stream")
    func events() {
        #expect(self.progress().headers["content-type"]?.hasPrefix("text/event-stream") == true)
    }

    // snippet: offload
    func sum(_ request: Request) async throws -> Response {
        let sum = try await offload { (1...10_000).reduce(0, +) }
        return Response("\(sum)\n")
    }
    // end

    @Test("Work is done elsewhere")
    func work() async throws {
        #expect(try await self.sum(Request(.get, "/")).body.text == "50005000\n")
    }
}
