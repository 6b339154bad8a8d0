// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Configuration
import Logging
import TandemAPI
import TandemServer

extension Configuration {
    /// Reads the settings from environment variables.
    ///
    /// | variable | sets | default |
    /// |---|---|---|
    /// | `HOST`, `PORT` | where it listens | `127.0.0.1`, 8080 |
    /// | `UNIX_SOCKET` | a Unix socket to listen at instead | |
    /// | `TLS_CERTIFICATE`, `TLS_KEY` | the files of a certificate and its key, for TLS | |
    /// | `EVENT_LOOPS` | the number of event loops | one a processor |
    /// | `ALLOWED_HOSTS` | the hosts that it answers for, with commas between them | all |
    /// | `DATABASE_URL` | the database: `sqlite:…` or `postgres://…` | `sqlite:app.sqlite` |
    /// | `DATABASE_MIGRATES` | `false` to apply no migration at the start | `true` |
    /// | `LOG_LEVEL` | `trace` … `critical`: from where on is logged | `info` |
    /// | `DOCUMENTATION` | `false` for no OpenAPI document and no page | `true` |
    /// | `DOCUMENTATION_ASSETS` | the folder of the page's files | `.tandem/docs/…` |
    ///
    /// What cannot be understood is said when the application starts, which it then does not.
    public static func fromEnvironment() -> Configuration {
        Configuration(EnvironmentReading(ConfigReader(provider: EnvironmentVariablesProvider())))
    }

    init(_ reading: EnvironmentReading) {
        var reading = reading
        self.init()
        self.server.listeners = [reading.listener()]
        self.server.eventLoops = reading.int("event.loops", in: 1...1024)
        self.server.hosts = reading.words("allowed.hosts")
        if let url = reading.text("database.url") { self.database.url = url }
        if let migrates = reading.bool("database.migrates") { self.migratesAtStart = migrates }
        if let level = reading.logLevel() {
            self.logger.logLevel = level
            self.server.observability.accessLog?.logLevel = level
        }
        if let assets = reading.text("documentation.assets") { self.documentation?.assets = assets }
        if reading.bool("documentation") == false { self.documentation = nil }
        self.mistakes = reading.mistakes
    }
}

/// Reads variables, and notes what cannot be understood of them.
struct EnvironmentReading {
    private let reader: ConfigReader
    private(set) var mistakes: [String] = []

    init(_ reader: ConfigReader) {
        self.reader = reader
    }

    func text(_ key: ConfigKey) -> String? {
        self.reader.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
    }

    func words(_ key: ConfigKey) -> [String]? {
        self.text(key)?.split { $0 == "," || $0 == " " }.map(String.init)
    }

    mutating func int(_ key: ConfigKey, in range: ClosedRange<Int>) -> Int? {
        guard let text = self.text(key) else { return nil }
        if let number = Int(text), range.contains(number) { return number }
        self.note(key, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func bool(_ key: ConfigKey) -> Bool? {
        guard let text = self.text(key) else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default:
            self.note(key, text, "true or false")
            return nil
        }
    }

    mutating func logLevel() -> Logger.Level? {
        guard let text = self.text("log.level") else { return nil }
        if let level = Logger.Level(rawValue: text.lowercased()) { return level }
        self.note("log.level", text, Logger.Level.allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }

    mutating func listener() -> Listener {
        if let path = self.text("unix.socket") { return .unix(path: path) }
        let host = self.text("host") ?? "127.0.0.1"
        let port = self.int("port", in: 0...65535) ?? 8080
        switch (self.text("tls.certificate"), self.text("tls.key")) {
        case (nil, nil): return .tcp(host: host, port: port)
        case (let chain?, let key?): return self.secureListener(host, port, chain: chain, key: key)
        default:
            self.mistakes.append("TLS takes a certificate and its key: set both TLS_CERTIFICATE and TLS_KEY, or none.")
            return .tcp(host: host, port: port)
        }
    }

    private mutating func secureListener(_ host: String, _ port: Int, chain: String, key: String) -> Listener {
        #if TLS
        return .tcp(host: host, port: port, tls: TLSSettings(certificate: .files(chain: chain, key: key)))
        #else
        self.mistakes.append("TLS_CERTIFICATE is set, and this program was built without TLS: add the trait TLS.")
        return .tcp(host: host, port: port)
        #endif
    }

    private mutating func note(_ key: ConfigKey, _ text: String, _ expected: String) {
        let name = key.components.joined(separator: "_").uppercased()
        self.mistakes.append("\(name) is \(text.debugDescription); it has to be \(expected).")
    }
}
