// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import TandemData

@Suite("What is acknowledged survives the end of the process")
struct SQLiteCrashTests {
    @Test("Killed in the middle of writes, the file is sound and has every acknowledged row", arguments: 1...5)
    func killed(round: Int) async throws {
        let file = try SQLiteFile()
        defer { file.remove() }
        let process = Process()
        process.executableURL = Self.fixture
        process.arguments = [file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        // It is killed once so many lines came, wherever it is then; what it has written until then is read to the end.
        var lines = Data()
        while lines.count(where: { $0 == UInt8(ascii: "\n") }) < round * 60,
            let more = try output.fileHandleForReading.read(upToCount: 512), !more.isEmpty
        {
            lines += more
        }
        kill(process.processIdentifier, SIGKILL)
        lines += try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        // The last line may be cut off.
        let whole = String(decoding: lines[...(lines.lastIndex(of: UInt8(ascii: "\n")) ?? 0)], as: UTF8.self)
        let acknowledged = Set(whole.split(separator: "\n").compactMap { Int64($0) })
        #expect(acknowledged.count >= round * 60)
        let db = try await SQLiteDriver(path: file.path)
        #expect(try await db.integrityCheck() == [])
        let found = Set(try await db.integers("SELECT id FROM t"))
        #expect(acknowledged.subtracting(found) == [])
        // Transactions of two rows are whole.
        #expect(try await db.integers("SELECT count(*) % 2 FROM t WHERE half = 1") == [0])
        await db.close()
    }

    /// It is built beside the tests.
    static var fixture: URL {
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let folder = tests ?? Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return folder.deletingLastPathComponent().appendingPathComponent("DataFixture")
    }
}
