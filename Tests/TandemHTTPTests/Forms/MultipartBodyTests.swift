// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Multipart bodies, part by part")
struct MultipartBodyTests {
    private static let body =
        part("form-data; name=a", "one") + part("form-data; name=b; filename=b.txt", "two", "Content-Type: text/csv")
        + part("form-data; name=c", "three") + "--x--\r\n"

    /// The body in runs of a length.
    private static func runs(_ length: Int) -> [Bytes] {
        let bytes = Bytes(self.body)
        return stride(from: 0, to: bytes.count, by: length).map { bytes[$0..<min($0 + length, bytes.count)] }
    }

    @Test("Each part has its name, its file's name, its fields and its bytes", arguments: [1, 2, 7, 50, 1000])
    func readsParts(length: Int) async throws {
        var seen: [String] = []
        for try await part in try Request.multipart(runs: Self.runs(length)).multipart() {
            let text = try await part.body.collect(upTo: 100).string ?? ""
            seen.append("\(part.name) \(part.filename ?? "-") \(part.contentType ?? "-") \(text)")
        }
        #expect(seen == ["a - - one", "b b.txt text/csv two", "c - - three"])
    }

    @Test("A part that is not read, or half, is skipped", arguments: [1, 5, 1000])
    func skipsParts(length: Int) async throws {
        var names: [String] = []
        for try await part in try Request.multipart(runs: Self.runs(length)).multipart() {
            names.append(part.name)
            if part.name == "b" {
                var bytes = part.body.makeAsyncIterator()
                _ = try await bytes.next()
            }
        }
        #expect(names == ["a", "b", "c"])
    }

    @Test("A part's body ends once, and stays ended")
    func staysEnded() async throws {
        var parts = try Request.multipart(Self.body).multipart().makeAsyncIterator()
        let part = try #require(try await parts.next())
        #expect(try await part.body.collect(upTo: 3) == "one")
        #expect(try await part.body.collect(upTo: 3).isEmpty)
        while try await parts.next() != nil {}
        #expect(try await parts.next() == nil)
    }

    @Test("A part longer than what is collected answers 413")
    func limitsCollecting() async throws {
        var parts = try Request.multipart(Self.body).multipart().makeAsyncIterator()
        let part = try #require(try await parts.next())
        let error = await #expect(throws: HTTPError.self) { try await part.body.collect(upTo: 2) }
        #expect(error?.status == .contentTooLarge)
    }

    @Test("Reading a part after the next was asked for is an error, and not an end")
    func refusesThePassedOver() async throws {
        var parts = try Request.multipart(Self.body).multipart().makeAsyncIterator()
        let first = try #require(try await parts.next())
        _ = try await parts.next()
        await #expect(throws: HTTPError.self) { try await first.body.collect(upTo: 100) }
    }

    @Test("What stops the body stops the parts")
    func passesErrorsOn() async throws {
        let slow = HTTPError(.requestTimeout)
        var parts = try Request.multipart(runs: Array(Self.runs(20).prefix(4)), failing: slow).multipart()
            .makeAsyncIterator()
        let error = await #expect(throws: HTTPError.self) {
            while try await parts.next() != nil {}
        }
        #expect(error?.status == .requestTimeout)
    }

    @Test("A body that ends in the middle of a part is an error")
    func noticesTruncation() async throws {
        var parts = try Request.multipart(runs: Array(Self.runs(48).prefix(1))).multipart().makeAsyncIterator()
        let part = try #require(try await parts.next())
        let error = await #expect(throws: HTTPError.self) { try await part.body.collect(upTo: 100) }
        #expect(error?.status == .badRequest)
    }

    @Test("The body is read to its end, and no further than it is asked for")
    func readsAsAskedFor() async throws {
        let epilogue = ["\r\n", "epilogue", "more"] as [Bytes]
        let source = Runs(Self.runs(10) + epilogue)
        var request = Request.multipart("")
        request.body = RequestBody(storage: .stream(source), length: nil)
        var parts = try request.multipart().makeAsyncIterator()
        _ = try await parts.next()
        #expect(source.left >= Self.runs(10).count + epilogue.count - 6)
        while try await parts.next() != nil {}
        #expect(source.left == 0)
    }
}
