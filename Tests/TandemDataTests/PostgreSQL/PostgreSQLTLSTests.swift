// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL && os(Linux)
import Foundation
import TestServers
import Testing

@testable import TandemData

@Suite(
    "A connection is encrypted, and the server believed, as far as was asked for",
    .enabled(if: PostgreSQLServer.isInstalled),
    .serialized
)
struct PostgreSQLTLSTests {
    /// A server with `ssl=on`: anybody on `postgres`, the user `secure` only encrypted, `template1` only with a
    /// certificate.
    private static let place: (server: PostgreSQLServer, files: TestCertificates)? = {
        guard let files = try? TestCertificates() else { return nil }
        let access = """
            local all all trust
            hostssl template1 app 127.0.0.1/32 cert
            hostssl postgres secure 127.0.0.1/32 trust
            host postgres app 127.0.0.1/32 trust
            """
        guard (try? files.write("pg_hba.conf", access + "\n")) != nil,
            let server = try? PostgreSQLServer(certificates: files)
        else { return nil }
        return (server, files)
    }()

    private let server: PostgreSQLServer
    private let files: TestCertificates

    init() throws {
        (self.server, self.files) = try #require(Self.place)
    }

    enum Outcome: Hashable {
        case plain
        case encrypted
        /// Not connected, and a part of what is said then.
        case refused(String)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        /// What the URL says: the user, the host and the database between `app@127.0.0.1/postgres`.
        var user = "app"
        var host = "127.0.0.1"
        var database = "postgres"
        /// What it says of TLS; names of files stand between braces.
        var parameters: [String: String] = [:]
        let outcome: Outcome

        var testDescription: String {
            let parameters = self.parameters.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "&")
            return "\(self.user)@\(self.host)/\(self.database)?\(parameters): \(self.outcome)"
        }
    }

    private static let unbelieved = Outcome.refused("signed by none of the authorities")
    private static let otherHost = Outcome.refused("for another host")
    private static let unreadable = Outcome.refused("may be read by its owner alone")
    private static let wanted = Outcome.refused("wants a certificate of this program")

    static let modes = [
        Case(outcome: .encrypted),
        Case(parameters: ["sslmode": "disable"], outcome: .plain),
        Case(parameters: ["sslmode": "allow"], outcome: .plain),
        Case(parameters: ["sslmode": "prefer"], outcome: .encrypted),
        Case(parameters: ["sslmode": "require"], outcome: .encrypted),
        Case(user: "secure", parameters: ["sslmode": "disable"], outcome: .refused("only over an encrypted")),
        Case(user: "secure", parameters: ["sslmode": "allow"], outcome: .encrypted),
        Case(user: "nobody", parameters: ["sslmode": "require"], outcome: .refused("add an entry")),
        Case(parameters: ["sslmode": "verify-ca", "sslrootcert": "{authority.crt}"], outcome: .encrypted),
        Case(parameters: ["sslmode": "verify-ca", "sslrootcert": "{other.crt}"], outcome: unbelieved),
        Case(parameters: ["sslmode": "verify-ca", "sslrootcert": "{nothing.crt}"], outcome: .refused("`sslrootcert`")),
        Case(parameters: ["sslmode": "verify-ca", "sslrootcert": "{app.key}"], outcome: .refused("`sslrootcert`")),
        // As libpq has it: who names authorities means them.
        Case(parameters: ["sslmode": "require", "sslrootcert": "{other.crt}"], outcome: unbelieved),
        Case(
            host: "wrong.example",
            parameters: ["sslmode": "verify-ca", "sslrootcert": "{authority.crt}"],
            outcome: .encrypted
        ),
        Case(parameters: ["sslmode": "verify-full", "sslrootcert": "{authority.crt}"], outcome: .encrypted),
        Case(
            host: "localhost",
            parameters: ["sslmode": "verify-full", "sslrootcert": "{authority.crt}"],
            outcome: .encrypted
        ),
        Case(
            host: "wrong.example",
            parameters: ["sslmode": "verify-full", "sslrootcert": "{authority.crt}"],
            outcome: otherHost
        ),
        Case(parameters: ["sslmode": "verify-full", "sslrootcert": "{other.crt}"], outcome: unbelieved),
    ]

    static let clients = [
        Case(database: "template1", parameters: ["sslcert": "{app.crt}", "sslkey": "{app.key}"], outcome: .encrypted),
        Case(database: "template1", parameters: ["sslmode": "require"], outcome: wanted),
        Case(
            database: "template1",
            parameters: ["sslmode": "require", "sslcert": "{other_user.crt}", "sslkey": "{other_user.key}"],
            outcome: wanted
        ),
        Case(
            database: "template1",
            parameters: ["sslmode": "require", "sslcert": "{stranger.crt}", "sslkey": "{stranger.key}"],
            outcome: wanted
        ),
        Case(
            database: "template1",
            parameters: ["sslmode": "require", "sslcert": "{app.crt}", "sslkey": "{open.key}"],
            outcome: unreadable
        ),
        Case(
            database: "template1",
            parameters: ["sslmode": "require", "sslcert": "{app.crt}", "sslkey": "{nothing.key}"],
            outcome: unreadable
        ),
        Case(
            database: "template1",
            parameters: ["sslmode": "require", "sslcert": "{app.crt}", "sslkey": "{stranger.key}"],
            outcome: unreadable
        ),
    ]

    @Test("By the URL, and by the settings", arguments: modes + clients)
    func connects(as example: Case) async throws {
        if example.user == "secure" { try await self.createSecureUser() }
        let parameters = example.parameters.mapValues { value in
            value.hasPrefix("{") ? self.files.path(String(value.dropFirst().dropLast())) : value
        }
        var settings = PostgreSQLSettings(
            url: "postgres://\(example.user)@\(example.host):\(self.server.port)/\(example.database)"
                + "?hostaddr=127.0.0.1"
        )
        settings.connections = 0...1
        settings.tls = parameters["sslmode"].flatMap(PostgreSQLSettings.TLSMode.init)
        settings.tlsAuthorities = parameters["sslrootcert"]
        settings.tlsCertificate = parameters["sslcert"]
        settings.tlsKey = parameters["sslkey"]
        #expect(await self.outcome(of: settings, like: example.outcome) == example.outcome)
        // What the URL says comes last.
        var other = PostgreSQLSettings(url: settings.url)
        other.connections = 0...1
        other.tls = .verifyFull
        other.tlsAuthorities = self.files.path("nothing.crt")
        let all = ["sslmode": "prefer", "sslrootcert": ""].merging(parameters) { $1 }
        for (name, value) in all { other.url += "&\(name)=\(value)" }
        #expect(await self.outcome(of: other, like: example.outcome) == example.outcome)
    }

    private func createSecureUser() async throws {
        try await PostgreSQLSession.run(on: self.server, { $0.tls = .disable }) { session in
            let count = try await session.value("SELECT count(*) FROM pg_roles WHERE rolname = 'secure'")
            if count == .integer(0) { try await session.run("CREATE ROLE secure LOGIN") }
        }
    }

    /// How a connection came about; what was said where it did not, the expected part of it alone.
    private func outcome(of settings: PostgreSQLSettings, like expected: Outcome) async -> Outcome {
        do {
            let driver = try await PostgreSQLDriver.connect(settings)
            let rows = try await driver.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            await driver.close()
            return rows == [[.boolean(true)]] ? .encrypted : .plain
        } catch {
            guard let error = error as? DatabaseError, error.code == .connectionLost else {
                return .refused("\(error)")
            }
            #expect(!error.message.contains(self.files.path("")))
            if case .refused(let words) = expected, error.message.contains(words) { return expected }
            return .refused("\(error.message) \(error.cause.map { "\($0)" } ?? "")")
        }
    }

    @Test("Where authorities are named and no mode is, the server must be the one it says it is")
    func authoritiesAlone() async throws {
        var settings = PostgreSQLSettings(
            url: "postgres://app@wrong.example:\(self.server.port)/postgres?hostaddr=127.0.0.1"
        )
        settings.tlsAuthorities = self.files.path("authority.crt")
        #expect(await self.outcome(of: settings, like: Self.otherHost) == Self.otherHost)
    }

    @Test("A server without TLS is not talked to where it has to be encrypted")
    func serverWithout() async throws {
        var settings = PostgreSQLSettings(url: try #require(PostgreSQLServer.shared).url)
        settings.tls = .require
        let expected = Outcome.refused("switch `ssl` on")
        #expect(await self.outcome(of: settings, like: expected) == expected)
    }

    @Test("What is large, or much at once, comes whole through an encrypted connection, both ways")
    func large() async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 1...2
            $0.tls = .verifyFull
            $0.tlsAuthorities = self.files.path("authority.crt")
        }
        try await PostgreSQLSession.run(on: self.server, change) { session in
            try await session.run("CREATE TABLE large (id bigint, body text)")
            let columns = [TableColumn("id", .integer), TableColumn("body", .text)]
            let transaction = try await session.driver.begin(TransactionOptions())
            try await transaction.insert(into: Table("large", columns: columns, key: []), columns: columns, count: 5000)
            {
                $1.write(Int64($0))
                $1.write(String(repeating: "x", count: $0))
            }
            try await transaction.commit()
            let total = try await session.value("SELECT sum(length(body))::bigint FROM large")
            #expect(total == .integer(5000 * 4999 / 2))
            let rows = try await session.rows("SELECT body FROM large WHERE id % 7 = 0 ORDER BY id")
            #expect(rows.count == 715 && rows.last == [.text(String(repeating: "x", count: 4998))])
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 1..<200 {
                    group.addTask {
                        let text = String(repeating: "y", count: number * 331)
                        return try await session.value("SELECT $1::text", [.text(text)]) == .text(text)
                    }
                }
                for try await isWhole in group { #expect(isWhole) }
            }
            var events = try await session.driver.notifications(on: "news").makeAsyncIterator()
            try await session.driver.notify("news", "heard")
            #expect(await events.next()?.payload == "heard")
            let running = Task { await session.code(of: "SELECT pg_sleep(22)") }
            try await session.waitForRunning("pg_sleep(22)")
            running.cancel()
            #expect(await running.value == .cancelled)
        }
    }

    @Test("A certificate that runs out stops new connections with the reason, and a good one heals the pool")
    func renewal() async throws {
        let change: (inout PostgreSQLSettings) -> Void = {
            $0.connections = 0...2
            $0.acquireTimeout = .milliseconds(300)
            $0.tls = .verifyCA
            $0.tlsAuthorities = self.files.path("authority.crt")
        }
        try await PostgreSQLSession.run(on: self.server, change) { session in
            let cut = "SELECT pg_terminate_backend(pg_backend_pid())"
            try self.files.replace("server.crt", by: "expired.crt")
            try self.server.reload()
            var caught: DatabaseError?
            try await poll {
                _ = await session.code(of: cut)
                do { try await session.run("SELECT 1") } catch { caught = error as? DatabaseError }
                return caught?.message.contains("or is not valid at this time") == true
            }
            #expect(caught?.code == .connectionLost)
            try self.files.replace("server.crt", by: "valid.crt")
            try self.server.reload()
            try await poll { await session.code(of: "SELECT 1") == nil }
        }
    }
}
#endif
