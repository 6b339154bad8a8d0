// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData

extension Package {
    /// The packages of a file, in the form that COPY has: a line each, columns between tabs, `\N` for NULL.
    static func all(inFile path: String) throws -> [Package] {
        try String(contentsOf: URL(filePath: path), encoding: .utf8).split(separator: "\n").map(Package.init(line:))
    }

    private init(line: Substring) throws {
        let words = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard words.count == 10, let id = Int64(words[0]), let section = Int64(words[3]), let size = Int(words[5]),
            let score = Double(words[8]), let priority = Priority(words[4])
        else { throw Usage("not a package: \(line)") }
        self.init(
            id: id,
            name: words[1],
            version: words[2],
            sectionID: section,
            priority: priority,
            size: size,
            installed: Int(words[6]),
            essential: words[7] == "1",
            score: score,
            summary: words[9]
        )
    }

    /// A number that all columns have a share in.
    var checksum: Int {
        let texts = [self.name, self.version, self.priority.word, self.summary].map(\.utf8.count).reduce(0, +)
        let numbers = Int(self.id) + Int(self.sectionID) + self.size + (self.installed ?? 0) + (self.essential ? 1 : 0)
        return texts + numbers + Int(self.score * 4)
    }
}

extension Package.Priority {
    private static let words: [(String, Self)] = [
        ("required", .required), ("important", .important), ("standard", .standard), ("optional", .optional),
        ("extra", .extra),
    ]

    init?(_ word: String) {
        guard let found = Self.words.first(where: { $0.0 == word }) else { return nil }
        self = found.1
    }

    var word: String { Self.words.first { $0.1 == self }?.0 ?? "" }
}
