// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import Foundation
import Glibc
import Synchronization
import Testing

/// A PostgreSQL server of the tests' own, in a temporary folder, at a free port of this machine.
final class PostgreSQLServer: Sendable {
    /// The one that all tests may use that do not stop it; nil where PostgreSQL is not installed.
    static let shared: PostgreSQLServer? = try? PostgreSQLServer()

    /// The condition of suites that need PostgreSQL.
    static var isInstalled: Bool { self.programs != nil }

    let port: Int
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
    init(
        settings: [String] = [],
        certificates: TestCertificates? = nil,
        following primary: PostgreSQLServer? = nil
    ) throws {
        _ = Self.cleansUp
        self.port = try Self.freePort()
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
    var url: String { self.url(of: "postgres") }

    /// What leads to another database of it.
    func url(of database: String) -> String { "postgres://app@127.0.0.1:\(self.port)/\(database)" }

    /// The same through its Unix socket.
    var socketURL: String { "postgres://app@/postgres?host=\(self.folder.path)&port=\(self.port)" }

    /// Starts it, if it does not run.
    func start() throws {
        if FileManager.default.fileExists(atPath: self.data + "/postmaster.pid") { return }
        let log = self.folder.appendingPathComponent("log").path
        try self.program(
            "pg_ctl",
            ["-D", self.data, "-w", "-l", log, "-o", "-p \(self.port) \(self.options)", "start"]
        )
    }

    /// Stops it: `fast` breaks all connections, `immediate` is a crash.
    func stop(_ mode: String = "fast") throws {
        try self.program("pg_ctl", ["-D", self.data, "-w", "-m", mode, "stop"])
    }

    /// Has it read its certificates and its pg_hba.conf once more, soon.
    func reload() throws { try self.program("pg_ctl", ["-D", self.data, "reload"]) }

    func restart() throws {
        try self.stop()
        try self.start()
    }

    /// Has all of its processes stand still, or go on.
    func pause(_ isPaused: Bool) throws {
        let file = try String(contentsOfFile: self.data + "/postmaster.pid", encoding: .utf8)
        let main = try #require(Int32(file.prefix { $0 != "\n" }))
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
        let path = "\(try #require(Self.programs, "PostgreSQL is not installed: Scripts/setup test"))/\(name)"
        if getuid() == 0 {
            _ = try Self.run("/sbin/runuser", ["-u", "postgres", "--", path] + arguments)
        } else {
            _ = try Self.run(path, arguments)
        }
    }

    @discardableResult
    static func run(_ path: String, _ arguments: [String]) throws -> String {
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
        try #require(process.terminationStatus == 0, "\(path) \(arguments) failed")
        return String(decoding: text, as: UTF8.self)
    }

    /// A port that is free, of those that the system gives to no client: one that looks for a server that is down could
    /// take its place.
    private static func freePort() throws -> Int {
        for port in (20_000..<32_000).shuffled() {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            address.sin_port = in_port_t(port).bigEndian
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isFree = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
            }
            if isFree { return port }
        }
        throw CocoaError(.featureUnsupported)
    }
}
#endif
