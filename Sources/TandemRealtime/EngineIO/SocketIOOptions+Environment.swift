// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemAPI
import TandemHTTP

extension SocketIOOptions {
    /// Reads the options from environment variables: `SOCKETIO_` and the option's name, `SOCKETIO_PING_INTERVAL`.
    ///
    /// Spans are in milliseconds, sizes in bytes, lists have commas. What is not set keeps its default.
    ///
    /// | variable | sets |
    /// |---|---|
    /// | `…_PATH`, `…_ADD_TRAILING_SLASH` | `path`, `addTrailingSlash` |
    /// | `…_CONNECT_TIMEOUT`, `…_PING_INTERVAL`, `…_PING_TIMEOUT`, `…_UPGRADE_TIMEOUT` | spans |
    /// | `…_MAX_HTTP_BUFFER_SIZE`, `…_SEND_QUEUE_BYTES` | sizes |
    /// | `…_TRANSPORTS`, `…_ALLOW_UPGRADES` | `transports`: `polling,websocket`; `allowUpgrades` |
    /// | `…_HTTP_COMPRESSION` | `httpCompression`: a threshold in bytes, or `false` |
    /// | `…_PER_MESSAGE_DEFLATE` | `perMessageDeflate`: `true` or `false` |
    /// | `…_CONNECTION_STATE_RECOVERY` | `connectionStateRecovery`: its `maxDisconnectionDuration` |
    /// | `…_CLEANUP_EMPTY_CHILD_NAMESPACES` | `cleanupEmptyChildNamespaces` |
    /// | `…_COOKIE` | `cookie`: its name |
    /// | `…_CORS_ORIGIN`, `…_CORS_CREDENTIALS` | `cors`: `*` or origins; whether with credentials |
    ///
    /// - Parameter environment: The variables; `nil`, the default, for those of the process.
    /// - Returns: The options.
    /// - Throws: `OptionsError`, which says each variable that cannot be understood.
    public static func fromEnvironment(
        _ environment: [String: String]? = nil
    ) throws(OptionsError) -> SocketIOOptions {
        var options = SocketIOOptions()
        var reading = OptionReading(environment ?? ProcessInfo.processInfo.environment)
        options.readSocketIO(&reading)
        options.readEngineIO(&reading)
        if !reading.mistakes.isEmpty { throw OptionsError(mistakes: reading.mistakes) }
        return options
    }

    /// Options that cannot be understood.
    public struct OptionsError: Error, CustomStringConvertible {
        let mistakes: [String]

        /// Each variable, what it is, and what it has to be.
        public var description: String { self.mistakes.joined(separator: "\n") }
    }

    private mutating func readSocketIO(_ reading: inout OptionReading) {
        reading.text("PATH", into: &self.path)
        reading.span("CONNECT_TIMEOUT", into: &self.connectTimeout)
        reading.bool("CLEANUP_EMPTY_CHILD_NAMESPACES", into: &self.cleanupEmptyChildNamespaces)
        var recovery = ConnectionStateRecovery()
        if reading.span("CONNECTION_STATE_RECOVERY", into: &recovery.maxDisconnectionDuration) {
            self.connectionStateRecovery = recovery
        }
    }

    private mutating func readEngineIO(_ reading: inout OptionReading) {
        reading.bool("ADD_TRAILING_SLASH", into: &self.addTrailingSlash)
        reading.span("PING_INTERVAL", into: &self.pingInterval)
        reading.span("PING_TIMEOUT", into: &self.pingTimeout)
        reading.span("UPGRADE_TIMEOUT", into: &self.upgradeTimeout)
        reading.size("MAX_HTTP_BUFFER_SIZE", into: &self.maxHttpBufferSize)
        reading.size("SEND_QUEUE_BYTES", into: &self.sendQueueBytes)
        reading.transports("TRANSPORTS", into: &self.transports)
        reading.bool("ALLOW_UPGRADES", into: &self.allowUpgrades)
        var compression = HTTPCompression()
        if reading.isOff("HTTP_COMPRESSION") {
            self.httpCompression = nil
        } else if reading.size("HTTP_COMPRESSION", into: &compression.threshold) {
            self.httpCompression = compression
        }
        var isPacked = false
        reading.bool("PER_MESSAGE_DEFLATE", into: &isPacked)
        if isPacked { self.perMessageDeflate = MessageDeflateSettings() }
        var cookie = Cookie()
        if !reading.isOff("COOKIE"), reading.text("COOKIE", into: &cookie.name) { self.cookie = cookie }
        var credentials = false
        reading.bool("CORS_CREDENTIALS", into: &credentials)
        if let origins = reading.words("CORS_ORIGIN") {
            self.cors = CORS(origins == ["*"] ? .any : .listed(origins, credentials: credentials))
        }
    }
}

/// Reads variables, and notes what cannot be understood of them.
private struct OptionReading {
    private let environment: [String: String]
    private(set) var mistakes: [String] = []

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    private func text(_ name: String) -> String? {
        self.environment["SOCKETIO_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
    }

    func words(_ name: String) -> [String]? {
        self.text(name)?.split { $0 == "," || $0 == " " }.map(String.init)
    }

    func isOff(_ name: String) -> Bool { self.text(name).map(Self.bool) == false }

    @discardableResult
    func text(_ name: String, into option: inout String) -> Bool {
        guard let text = self.text(name) else { return false }
        option = text
        return true
    }

    mutating func bool(_ name: String, into option: inout Bool) {
        guard let text = self.text(name) else { return }
        guard let value = Self.bool(text) else { return self.note(name, text, "true or false") }
        option = value
    }

    @discardableResult
    mutating func size(_ name: String, into option: inout Int) -> Bool {
        guard let text = self.text(name) else { return false }
        guard let value = Int(text), (0...Int(Int32.max)).contains(value) else {
            self.note(name, text, "a whole number of bytes")
            return false
        }
        option = value
        return true
    }

    @discardableResult
    mutating func span(_ name: String, into option: inout Duration) -> Bool {
        guard let text = self.text(name) else { return false }
        guard let value = Int(text), (1...Int(Int32.max)).contains(value) else {
            self.note(name, text, "a whole number of milliseconds, from 1 on")
            return false
        }
        option = .milliseconds(value)
        return true
    }

    mutating func transports(_ name: String, into option: inout Set<EngineTransport>) {
        guard let words = self.words(name), let text = self.text(name) else { return }
        let transports = words.compactMap(EngineTransport.init)
        guard !words.isEmpty, transports.count == words.count else {
            return self.note(name, text, EngineTransport.allCases.map(\.rawValue).joined(separator: " or "))
        }
        option = Set(transports)
    }

    private static func bool(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "on", "1": true
        case "false", "no", "off", "0": false
        default: nil
        }
    }

    private mutating func note(_ name: String, _ text: String, _ expected: String) {
        self.mistakes.append("SOCKETIO_\(name) is \(text.debugDescription); it has to be \(expected).")
    }
}
