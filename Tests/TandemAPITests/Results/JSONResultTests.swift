// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Schema private struct Report: Equatable {
    var text: String
    var lines: [String] = []
    var rate = 0.5
}

@API("/reports") private struct Reports {
    @POST func check(_ report: Report) -> Report { report }
}

/// A short answer stays where it is written, a long one grows out of that.
@Suite("Values are answered as JSON, whatever their length")
struct JSONResultTests {
    @Test("The bytes are those of the JSON text", arguments: [0, 1, 1000, 3000, 100_000])
    func lengths(length: Int) throws {
        for length in length..<(length + 1100) where length < 4100 || length.isMultiple(of: 100) {
            let report = Report(text: String(repeating: "a", count: length))
            let response = try Response(json: report, status: .created)
            #expect(response.status == .created)
            #expect(response.headers["content-type"] == "application/json")
            guard case .bytes(let bytes) = response.body else { Issue.record("no bytes"); return }
            #expect(bytes.string == (try JSON.text(report)))
        }
    }

    @Test("Many short strings that are escaped, which take more room than they have bytes")
    func escapes() throws {
        for count in 0..<60 {
            let report = Report(text: "", lines: [String](repeating: "\u{1}\n\"", count: count))
            guard case .bytes(let bytes) = try Response(json: report).body else { Issue.record("no bytes"); return }
            #expect(bytes.string == (try JSON.text(report)))
        }
    }

    @Test("A value that JSON has no text for is 500, short or long", arguments: [0, 10_000])
    func unwritable(length: Int) {
        let report = Report(text: String(repeating: "a", count: length), rate: .infinity)
        let error = #expect(throws: HTTPError.self) { try Response(json: report) }
        #expect(error?.status == .internalServerError)
        #expect(error?.cause is JSONEncodingError)
    }

    @Test(
        "The media type of a body is read without regard to case and parameters",
        arguments: [
            ("application/json", 200), ("Application/JSON", 200), (" application/json ", 200),
            ("application/json; charset=utf-8", 200), ("application/vnd.x+json", 200), (nil, 200),
            ("application/jso", 415), ("application/jsonx", 415), ("text/plain", 415), ("", 415),
        ] as [(String?, Int)]
    )
    func mediaTypes(type: String?, status: Int) async throws {
        let routes = Routes()
        routes.mount(Reports())
        let handler = try routes.handler()
        var request = Request(.post, "/reports", body: #"{"text":"x"}"#)
        if let type { request.headers["content-type"] = type }
        do {
            let response = try await handler.respond(to: request)
            #expect(Int(response.status.code) == status)
            #expect(try handler.respondImmediately(to: request).map { Int($0.status.code) } == status)
        } catch let error as HTTPError {
            #expect(Int(error.status.code) == status)
        }
    }
}
