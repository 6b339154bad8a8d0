// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Subprocess

/// Where the records of the catalogue come from.
enum PackageIndex: Sendable {
    /// What `apt` knows on this machine.
    case apt
    /// A file in Debian's control format.
    case file(String)

    /// The machine's own index where it has one, or else a file.
    static func ofMachine(or file: String) async -> PackageIndex {
        await (try? Self.apt.files())?.isEmpty == false ? .apt : .file(file)
    }

    /// What tells this state of the index from any other, without reading it: its files' sizes and times.
    func fingerprint() async throws -> String {
        try await self.files().map { path in
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let size = attributes[.size] as? Int ?? 0
            let time = (attributes[.modificationDate] as? Date ?? .distantPast).timeIntervalSince1970
            return "\(path.split(separator: "/").last ?? "") \(size) \(Int64(time * 1_000))"
        }.joined(separator: "\n")
    }

    /// About how many records there are, for a progress bar.
    func count() async throws -> Int {
        switch self {
        case .apt:
            let result = try await Subprocess.run(
                .name("apt-cache"),
                arguments: ["pkgnames"],
                output: .string(limit: 64 << 20)
            )
            return result.standardOutput.utf8.count { $0 == .newline }
        case .file(let path):
            let data = FileManager.default.contents(atPath: path) ?? Data()
            return zip(data, data.dropFirst()).count { $0 == .newline && $1 == .newline }
        }
    }

    /// The files that it is made of, in order.
    private func files() async throws -> [String] {
        switch self {
        case .file(let path): return [path]
        case .apt:
            let result = try await Subprocess.run(
                .name("apt-get"),
                arguments: ["indextargets", "--format", "$(FILENAME)", "Created-By: Packages"],
                output: .string(limit: 1 << 20)
            )
            guard result.terminationStatus.isSuccess else { throw IndexError.failed("apt-get indextargets") }
            let paths = result.standardOutput.split(separator: "\n").map(String.init)
            return paths.filter { FileManager.default.fileExists(atPath: $0) }.sorted()
        }
    }

    /// Reads the records one after another, as they come.
    ///
    /// - Returns: How many stanzas were no record.
    /// - Throws: `IndexError`, and what the closure throws.
    @discardableResult
    func forEach(_ body: (PackageRecord) async throws -> Void) async throws -> Int {
        switch self {
        case .file(let path): try await Self.readFile(path, body)
        case .apt: try await Self.readApt(body)
        }
    }

    private static func readFile(_ path: String, _ body: (PackageRecord) async throws -> Void) async throws -> Int {
        guard let data = FileManager.default.contents(atPath: path) else { throw IndexError.unreadable(path) }
        var reader = RecordReader()
        for record in reader.records(in: [UInt8](data)) { try await body(record) }
        for record in reader.last() { try await body(record) }
        return reader.refused
    }

    private static func readApt(_ body: (PackageRecord) async throws -> Void) async throws -> Int {
        let result = try await Subprocess.run(
            .name("apt-cache"),
            arguments: ["dumpavail"],
            input: .none,
            output: .sequence,
            error: .discarded
        ) { execution in
            var reader = RecordReader()
            for try await buffer in execution.standardOutput {
                for record in reader.records(in: buffer.withUnsafeBytes(Array.init)) { try await body(record) }
            }
            for record in reader.last() { try await body(record) }
            return reader.refused
        }
        guard result.terminationStatus.isSuccess else { throw IndexError.failed("apt-cache dumpavail") }
        return result.closureResult
    }
}

/// Makes records of bytes as they come.
private struct RecordReader {
    private var parser = ControlParser()
    private var malformed = 0

    /// How many stanzas were no record, and were passed over.
    var refused: Int { self.malformed + self.parser.skipped }

    mutating func records(in bytes: [UInt8]) -> [PackageRecord] {
        var records: [PackageRecord] = []
        self.parser.parse(bytes) { stanza in self.malformed += Self.add(stanza, to: &records) }
        return records
    }

    mutating func last() -> [PackageRecord] {
        var records: [PackageRecord] = []
        self.parser.finish { stanza in self.malformed += Self.add(stanza, to: &records) }
        return records
    }

    private static func add(_ stanza: Stanza, to records: inout [PackageRecord]) -> Int {
        guard let record = try? PackageRecord(stanza) else { return 1 }
        records.append(record)
        return 0
    }
}

/// Why an index cannot be read.
enum IndexError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case failed(String)

    var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read; give the path of a file in Debian's control format."
        case .failed(let command): "`\(command)` failed; run it by hand to see why."
        }
    }
}
