// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Configuration
import Logging
import Testing

@testable import Tandem

@Suite("An application is set up by environment variables")
struct ConfigurationTests {
    private func read(_ variables: [String: String]) -> Tandem.Configuration {
        let provider = EnvironmentVariablesProvider(environmentVariables: variables)
        return Tandem.Configuration(EnvironmentReading(ConfigReader(provider: provider)))
    }

    @Test("Without any, it listens at 8080 on this machine alone")
    func defaults() throws {
        let configuration = self.read([:])
        #expect(configuration.server.listeners.map(\.description) == ["127.0.0.1:8080"])
        #expect(configuration.documentation?.pagePath == "/docs")
        try configuration.check()
    }

    @Test("Each sets what it is for")
    func each() throws {
        let configuration = self.read([
            "HOST": "::1", "PORT": "0", "EVENT_LOOPS": "3", "ALLOWED_HOSTS": "a.example, .b.example",
            "LOG_LEVEL": "WARNING", "DOCUMENTATION": "off",
        ])
        try configuration.check()
        #expect(configuration.server.listeners.map(\.description) == ["::1:0"])
        #expect(configuration.server.eventLoops == 3)
        #expect(configuration.server.hosts == ["a.example", ".b.example"])
        #expect(configuration.server.observability.accessLog?.logLevel == .warning)
        #expect(configuration.documentation == nil)
        #expect(self.read(["UNIX_SOCKET": "/run/a.sock"]).server.listeners.map(\.description) == ["/run/a.sock"])
    }

    @Test("What cannot be understood is named, all at once, before anything starts")
    func mistakes() {
        let configuration = self.read([
            "PORT": "http", "EVENT_LOOPS": "0", "LOG_LEVEL": "loud", "DOCUMENTATION": "maybe",
        ])
        let error = #expect(throws: ConfigurationError.self) { try configuration.check() }
        let lines = error?.description.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 4)
        #expect(lines.contains("PORT is \"http\"; it has to be a whole number from 0 to 65535."))
        #expect(lines.contains("EVENT_LOOPS is \"0\"; it has to be a whole number from 1 to 1024."))
    }

    @Test("A certificate without its key is a mistake")
    func certificate() {
        let configuration = self.read(["TLS_CERTIFICATE": "/etc/a.pem"])
        #expect(throws: ConfigurationError.self) { try configuration.check() }
    }
}
