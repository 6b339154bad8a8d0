// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Limits for bodies")
struct BodyLimitTests {
    private static let echo = ClosureHandler { request in
        var count = 0
        for try await bytes in request.body { count += bytes.count }
        return Response("\(count) \(request.body.trailers["after"] ?? "-")")
    }

    @Test("A body that is there passes up to the limit", arguments: [(0, true), (9, true), (10, true), (11, false)])
    func complete(count: Int, passes: Bool) async throws {
        let body = Bytes(String(repeating: "x", count: count))
        let served = try await answer(Request(.post, "/", body: body), behind: [BodyLimit(10)])
        #expect(served.status == (passes ? .ok : .contentTooLarge))
        if !passes { #expect(served.text?.contains("\"code\":\"content-too-large\"") == true) }
    }

    @Test("An announced length is refused before anything is read")
    func announced() async throws {
        var request = Request(.post, "/")
        request.body = RequestBody(storage: .stream(Pieces([])), length: 11)
        #expect(try await answer(request, behind: [BodyLimit(10)]).status == .contentTooLarge)
        request.body = RequestBody(storage: .stream(Pieces(["0123456789"])), length: 10)
        #expect(await Served(of: Self.echo.wrapped(in: [BodyLimit(10)]), to: request).text == "10 all")
    }

    @Test(
        "A body of unknown length is counted as it is read",
        arguments: [
            (["0123456789"], "10 all"), (["01234", "5678", "9"], "10 all"), ([], "0 all"), (["0123456789a"], nil),
            (["01234", "56789", "a"], nil),
        ] as [([Bytes], String?)]
    )
    func counted(pieces: [Bytes], text: String?) async throws {
        var request = Request(.post, "/")
        request.body = RequestBody(storage: .stream(Pieces(pieces)), length: nil)
        let served = await Served(of: Self.echo.wrapped(in: [BodyLimit(10)]), to: request)
        #expect(served.status == (text == nil ? .contentTooLarge : .ok))
        if let text { #expect(served.text == text) }
    }

    @Test("Once too long is too long for good")
    func sticks() async throws {
        let stubborn = ClosureHandler { request in
            _ = try? await request.body.collect(upTo: 1000)
            return Response(String(decoding: try await request.body.collect(upTo: 1000), as: UTF8.self))
        }
        var request = Request(.post, "/")
        request.body = RequestBody(storage: .stream(Pieces(["0123456789a", "b"])), length: nil)
        let served = await Served(of: stubborn.wrapped(in: [BodyLimit(10)]), to: request)
        #expect(served.status == .contentTooLarge)
    }

    @Test("The lower of two limits holds, and a negative one is zero")
    func several() async throws {
        let request = Request(.post, "/", body: "0123456789")
        #expect(try await answer(request, behind: [BodyLimit(100), BodyLimit(9)]).status == .contentTooLarge)
        #expect(try await answer(request, behind: [BodyLimit(9), BodyLimit(100)]).status == .contentTooLarge)
        #expect(try await answer(request, behind: [BodyLimit(-1)]).status == .contentTooLarge)
        #expect(try await answer(Request(.get, "/"), behind: [BodyLimit(-1)]).status == .ok)
    }
}
