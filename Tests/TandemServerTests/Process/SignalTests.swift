// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

/// SIGTERM to a server under load.
@Suite(.timeLimit(.minutes(1)))
struct SignalTests {
    @Test(
        "Each request is answered whole, the last one of a connection says so, and the exit code is 0",
        arguments: ["/", "/slow", "/bytes/300000"]
    )
    func load(path: String) async throws {
        try await FixtureProcess.running { fixture async throws in
            let load = Load()
            try await withThrowingTaskGroup(of: Void.self) { clients in
                let port = fixture.port
                for _ in 1...12 {
                    clients.addTask {
                        try await blocking { load.ask(path, try RawClient(host: "127.0.0.1", port: port)) }
                    }
                }
                #expect(try await eventually { load.answered > 100 })
                fixture.terminate()
                #expect(try await fixture.exitCode() == 0)
                try await clients.waitForAll()
            }
            #expect(load.failures == [])
        }
    }

    @Test("A server that nobody uses ends at once")
    func idle() async throws {
        try await FixtureProcess.running { fixture async throws in
            fixture.terminate()
            #expect(try await fixture.exitCode() == 0)
        }
    }
}

/// What clients see that ask again and again.
private final class Load: Sendable {
    private let seen = Mutex((answered: 0, failures: [String]()))

    var answered: Int { self.seen.withLock { $0.answered } }
    var failures: [String] { self.seen.withLock { $0.failures } }

    /// Asks until the server says that an answer is the connection's last.
    func ask(_ path: String, _ client: RawClient) {
        while let response = self.answer(to: path, client), !response.closes {
            self.seen.withLock { $0.answered += 1 }
        }
    }

    private func answer(to path: String, _ client: RawClient) -> RawResponse? {
        var failure = "the connection was closed without an answer"
        do {
            client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
            if let response = try client.readResponse() {
                if response.status == 200, !response.isCutOff { return response }
                failure = "\(response.status)\(response.isCutOff ? ", cut off" : "")"
            }
        } catch {
            failure = "\(error)"
        }
        self.seen.withLock { $0.failures.append(failure) }
        return nil
    }
}
