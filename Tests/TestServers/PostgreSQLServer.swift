// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server of the tests' own, in a temporary folder, at a free port of this machine.
package final class PostgreSQLServer: Sendable {
    /// The one that all tests may use that do not stop it; nil where PostgreSQL is not installed.
    package static let shared: PostgreSQLServer? = try? PostgreSQLServer()

    /// The condition of suites that need PostgreSQL.
    package static var isInstalled: Bool { self.programs != nil }

    package let port: Int
    private let folder: URL
    private let options: String
    private let certificates: TestCertificates?

    private static let programs: String? = {
        let found = (try? run("/usr/bin/pg_config", ["--bindir"]))?.trimmingCharacters(in: .whitespacesAndNewlines)
        return found.flatMap { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") ? $0 : nil }
    }()

    /// All that were started, to be stopped at the end of the process.
    private static let all = Mutex<[PostgreSQLServer]>([])
    private static let cleansUp: Void = {
        atexit { for server in PostgreSQLServer.all.withLock({ $0 }) { server.remove() } }
    }()

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - settings: More settings, such as `max_connections=5`.
    ///   - certificates: What it uses for TLS, and that goes with it.
    ///   - primary: The server that it begins with a copy of, and follows.
    /// - Throws: Where one of PostgreSQL's programs fails.
    package init(
        settings: [String] = [],
        certificates: TestCertificates? = nil,
        following primary: PostgreSQLServer? = nil
    ) throws {
        _ = Self.cleansUp
        self.port = try freePort()
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-postgresql-\(self.port)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        self.certificates = certificates
        self.options =
            (["listen_addresses=127.0.0.1", "fsync=off", "unix_socket_directories=\(self.folder.path)"] + settings
            + (certificates?.settings ?? []))
            .map { "-c \($0)" }.joined(separator: " ")
        if getuid() == 0 { _ = try Self.run("/bin/chown", ["postgres", self.folder.path]) }
        Self.all.withLock { $0.append(self) }
        if let primary {
            let source = "host=127.0.0.1 port=\(primary.port) user=app"
            try self.program("pg_basebackup", ["-D", self.data, "-d", source, "-R", "-c", "fast", "--no-sync"])
        } else {
            let arguments = [
                "-D", self.data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8",
            ]
            try self.program("initdb", arguments)
        }
        try self.start()
    }

    private var data: String { self.folder.appendingPathComponent("data").path }

    /// What leads to its database.
    package var url: String { self.url(of: "postgres") }

    /// What leads to another database of it.
    package func url(of database: String) -> String { "postgres://app@127.0.0.1:\(self.port)/\(database)" }

    /// The same through its Unix socket.
    package var socketURL: String { "postgres://app@/postgres?host=\(self.folder.path)&port=\(self.port)" }

    /// Starts it, if it does not run.
    package func start() throws {
        if FileManager.default.fileExists(atPath: self.data + "/postmaster.pid") { return }
        let log = self.folder.appendingPathComponent("log").path
        try self.program(
            "pg_ctl",
            ["-D", self.data, "-w", "-l", log, "-o", "-p \(self.port) \(self.options)", "start"]
        )
    }

    /// Stops it: `fast` breaks all connections, `immediate` is a crash.
    package func stop(_ mode: String = "fast") throws {
        try self.program("pg_ctl", ["-D", self.data, "-w", "-m", mode, "stop"])
    }

    /// Has it read its certificates and its pg_hba.conf once more, soon.
    package func reload() throws { try self.program("pg_ctl", ["-D", self.data, "reload"]) }

    package func restart() throws {
        try self.stop()
        try self.start()
    }

    /// Has all of its processes stand still, or go on.
    package func pause(_ isPaused: Bool) throws {
        let file = try String(contentsOfFile: self.data + "/postmaster.pid", encoding: .utf8)
        guard let main = Int32(file.prefix { $0 != "\n" }) else {
            throw TestServerError("postmaster.pid has no number")
        }
        let children = try Self.run("/bin/ps", ["-o", "pid=", "--ppid", "\(main)"]).split(
            whereSeparator: \.isWhitespace
        )
        for process in [main] + children.compactMap({ Int32($0) }) { kill(process, isPaused ? SIGSTOP : SIGCONT) }
    }

    private func remove() {
        try? self.stop("immediate")
        try? FileManager.default.removeItem(at: self.folder)
        self.certificates?.remove()
    }

    /// Runs one of PostgreSQL's own programs, which refuse to run as root.
    private func program(_ name: String, _ arguments: [String]) throws {
        guard let programs = Self.programs else {
            throw TestServerError("PostgreSQL is not installed: Scripts/setup test")
        }
        let path = "\(programs)/\(name)"
        if getuid() == 0 {
            _ = try Self.run("/sbin/runuser", ["-u", "postgres", "--", path] + arguments)
        } else {
            _ = try Self.run(path, arguments)
        }
    }

    @discardableResult
    package static func run(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        // A server that stays would hold on to the pipe by which Foundation hears of the end.
        let closing = #"for n in /proc/self/fd/*; do n=${n##*/}; [ $n -gt 2 ] && eval "exec $n>&-"; done; exec "$@""#
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", closing, "bash", path] + arguments
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        let isServer = arguments.contains("start")
        let output = Pipe()
        process.standardOutput = isServer ? FileHandle.nullDevice : output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = isServer ? Data() : output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw TestServerError("\(path) \(arguments) failed") }
        return String(decoding: text, as: UTF8.self)
    }
}
#endif
