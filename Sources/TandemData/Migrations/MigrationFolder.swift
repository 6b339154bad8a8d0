// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The migrations of an application: files such as `0002_add_priority.migration`, applied in the order of their names.
struct MigrationFolder {
    let path: String

    static let suffix = ".migration"

    /// Reads the files; a folder that is not there holds none.
    ///
    /// - Throws: `DatabaseError` where one cannot be read, or two have one number.
    func files() throws(DatabaseError) -> [MigrationFile] {
        guard FileManager.default.fileExists(atPath: self.path) else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: self.path)
        } catch {
            throw .migration("The folder \(self.path) cannot be read.", cause: error)
        }
        let files = names.filter { $0.hasSuffix(Self.suffix) }.sorted()
        for (file, next) in zip(files, files.dropFirst()) where Self.number(of: file) == Self.number(of: next) {
            throw .migration(
                "\(file) and \(next) have the same number: give the one that is applied nowhere yet the next number."
            )
        }
        var migrations: [MigrationFile] = []
        for file in files { migrations.append(try self.read(file)) }
        return migrations
    }

    private func read(_ file: String) throws(DatabaseError) -> MigrationFile {
        guard Self.number(of: file) != nil else {
            throw .migration("\(file) has no number: a migration is named as 0001_create_tickets\(Self.suffix) is.")
        }
        let text: String
        do {
            text = String(decoding: try Data(contentsOf: URL(filePath: "\(self.path)/\(file)")), as: UTF8.self)
        } catch {
            throw .migration("\(self.path)/\(file) cannot be read.", cause: error)
        }
        do {
            return try MigrationFile(name: String(file.dropLast(Self.suffix.count)), text: text)
        } catch {
            throw .migration("\(self.path)/\(file): \(error.message)")
        }
    }

    /// Writes a file beside the others; one that is there is not touched.
    func write(_ file: MigrationFile) throws(DatabaseError) {
        let path = "\(self.path)/\(file.name)\(Self.suffix)"
        do {
            try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw .migration("\(path) cannot be written.", cause: error)
        }
    }

    private static func number(of file: String) -> Int? { Int(file.prefix { $0.isASCII && $0.isNumber }) }

    /// A name for the migration behind some others.
    static func name(_ title: String, after files: [MigrationFile]) -> String {
        let number = "\((files.last.flatMap { Self.number(of: $0.name) } ?? 0) + 1)"
        let words = title.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let plain = words.isEmpty ? "changes" : words.joined(separator: "_")
        return String(repeating: "0", count: max(4 - number.count, 0)) + number + "_" + String(plain.prefix(100))
    }
}

/// A migration: a name and a text.
struct MigrationFile: Hashable {
    let name: String
    let text: String
    let operations: [MigrationOperation]

    init(name: String, text: String) throws(DatabaseError) {
        self.name = name
        self.text = text
        self.operations = try MigrationText(text).operations
    }

    /// What tells whether the text was changed; line ends are not part of it, as some tools change them.
    var checksum: String {
        FNV1a(self.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: "\n"))
            .digits
    }

    /// The operations, with the file's name in what goes wrong.
    func inContext<Result>(_ body: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
        do { return try body() } catch {
            var error = error
            error.message = "\(self.name): \(error.message)"
            throw error
        }
    }
}

extension [MigrationFile] {
    /// Those that come before one.
    func before(_ file: MigrationFile) -> [MigrationFile] { Array(self.prefix { $0.name != file.name }) }

    /// What rows that are there lose by one of them, and what in them may stop it.
    func warnings(of file: MigrationFile) throws(DatabaseError) -> [String] {
        let state = try self.before(file).replayed()
        return try file.inContext { () throws(DatabaseError) in
            try file.operations.warnings(from: state).flatMap(\.self)
        }
    }

    /// The tables once these are applied.
    func replayed() throws(DatabaseError) -> SchemaState {
        var state = SchemaState()
        for file in self {
            try file.inContext { () throws(DatabaseError) in
                try state.apply(file.operations)
                try state.validate()
            }
        }
        return state
    }
}
