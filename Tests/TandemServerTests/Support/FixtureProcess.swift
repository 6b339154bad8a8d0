// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemServer

/// `ServerFixture` in a process of its own.
struct FixtureProcess {
    let port: Int
    private let process: Process

    var url: String { "http://127.0.0.1:\(self.port)" }

    /// Runs the fixture while `body` does, and ends it if it has not ended by itself.
    static func running<Result>(
        files folder: String = "/",
        _ body: (FixtureProcess) async throws -> Result
    ) async throws -> Result {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = ["0", folder]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        defer { if process.isRunning { process.terminate() } }
        var line = Data()
        while line.last != UInt8(ascii: "\n") {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
                throw ServerNeverListened()
            }
            line += byte
        }
        let address = String(decoding: line.dropLast(), as: UTF8.self)
        guard let port = address.split(separator: ":").last.flatMap({ Int($0) }) else { throw ServerNeverListened() }
        return try await body(FixtureProcess(port: port, process: process))
    }

    /// It is built beside the tests.
    private static var executable: URL {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let folder = tests ?? Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return folder.deletingLastPathComponent().appendingPathComponent("ServerFixture")
    }

    func connect() throws -> RawClient { try RawClient(host: "127.0.0.1", port: self.port) }

    /// Asks for a graceful shutdown.
    func terminate() { self.process.terminate() }

    /// Waits for the end, and gives the exit code; `nil` where it was a signal, or takes more than ten seconds.
    func exitCode() async throws -> Int32? {
        guard try await eventually({ !self.process.isRunning }) else { return nil }
        return self.process.terminationReason == .exit ? self.process.terminationStatus : nil
    }
}
