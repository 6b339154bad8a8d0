// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import Foundation
import Glibc
import Synchronization

/// A Redis server of the tests' own, in a temporary folder, at a free port of this machine.
package final class RedisServer: Sendable {
    /// The one that all tests may use that do not stop it; nil where Redis is not installed.
    package static let shared: RedisServer? = try? RedisServer()

    /// The condition of suites that need Redis.
    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: Self.program) }

    package let port: Int
    private let folder: URL
    private let arguments: [String]
    private let process = Mutex<Process?>(nil)

    private static let program = "/usr/bin/redis-server"

    /// All that were started, to be stopped at the end of the process.
    private static let all = Mutex<[RedisServer]>([])
    private static let cleansUp: Void = {
        atexit { for server in RedisServer.all.withLock({ $0 }) { server.remove() } }
    }()

    /// Starts a server, with more settings, such as `["--requirepass", "secret"]`.
    package init(_ settings: [String] = []) throws {
        _ = Self.cleansUp
        self.port = try freePort()
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-redis-\(self.port)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        self.arguments =
            ["--port", "\(self.port)", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
            + ["--dir", self.folder.path, "--unixsocket", self.folder.path + "/socket"] + settings
        Self.all.withLock { $0.append(self) }
        try self.start()
    }

    /// What leads to it.
    package var url: String { "redis://127.0.0.1:\(self.port)" }

    /// The same through its Unix socket.
    package var socketURL: String { "redis+unix://\(self.folder.path)/socket" }

    /// Starts it, and returns once it takes connections.
    package func start() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = self.arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        self.process.withLock { $0 = process }
        var text = ""
        while !text.contains("Ready to accept connections") {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { throw TestServerError("redis-server did not start: \(text)") }
            text += String(decoding: more, as: UTF8.self)
        }
        output.fileHandleForReading.readabilityHandler = { if $0.availableData.isEmpty { $0.readabilityHandler = nil } }
    }

    /// Kills it.
    package func kill() {
        self.process.withLock { process in
            guard let running = process else { return }
            Glibc.kill(running.processIdentifier, SIGKILL)
            running.waitUntilExit()
            process = nil
        }
    }

    /// Has it stand still, or go on.
    package func pause(_ isPaused: Bool) {
        self.process.withLock { process in
            if let process { Glibc.kill(process.processIdentifier, isPaused ? SIGSTOP : SIGCONT) }
        }
    }

    private func remove() {
        self.kill()
        try? FileManager.default.removeItem(at: self.folder)
    }
}
#endif
