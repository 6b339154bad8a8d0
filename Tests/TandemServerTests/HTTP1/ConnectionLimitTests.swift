// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionLimitTests {
    private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("A connection beyond the limit is answered 503, and others are unharmed")
    func connections() async throws {
        try await withServer(.test { $0.limits.connections = 2 }, answering: { _ in Response("ok") }) { address in
            let clients = [try RawClient(address), try RawClient(address)]
            for client in clients {
                client.send(Self.request)
                #expect(try client.readResponse()?.status == 200)
            }
            for _ in 0..<5 {
                let excess = try RawClient(address)
                let response = try #require(try excess.readResponse())
                #expect(response.status == 503)
                #expect(response["retry-after"] == "1")
                #expect(response.closes)
                #expect(try excess.readToEnd().isEmpty)
            }
            for client in clients {
                client.send(Self.request)
                #expect(try client.readResponse()?.status == 200)
            }
            clients[0].close()
            let isServed = try await eventually {
                let next = try RawClient(address)
                next.send(Self.request)
                return try next.readResponse()?.status == 200
            }
            #expect(isServed)
        }
    }

    @Test("A connection ends with the last request it may carry")
    func requests() async throws {
        try await withServer(.test { $0.limits.requestsPerConnection = 3 }, answering: { _ in Response("ok") }) {
            address in
            let client = try RawClient(address)
            client.send(String(repeating: Self.request, count: 5))
            for number in 1...3 {
                let response = try #require(try client.readResponse())
                #expect(response.closes == (number == 3))
            }
            #expect(try client.readToEnd().isEmpty)
        }
    }
}
