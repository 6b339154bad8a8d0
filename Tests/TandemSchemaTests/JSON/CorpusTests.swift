// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemSchema
import Testing

/// The files of Nicolas Seriot's JSONTestSuite, which the repository does not carry: they lie beside it, in `shared`.
private enum Corpus {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "shared/data/json")

    static let isThere = FileManager.default.fileExists(atPath: folder.path)

    static func files(_ prefix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted()
    }

    static func decode(_ file: String) throws -> JSON {
        let data = try Data(contentsOf: folder.appending(path: file))
        return try data.withUnsafeBytes { try JSON.decode(JSON.self, from: $0) }
    }
}

@Suite(
    "What RFC 8259 accepts is accepted, and nothing else",
    .enabled(if: Corpus.isThere, "there is no JSON corpus at ../shared/data/json")
)
struct CorpusTests {
    @Test("Valid texts are read, and what is written of them reads the same", arguments: Corpus.files("y_"))
    func valid(file: String) throws {
        let value = try Corpus.decode(file)
        #expect(try JSON.decode(JSON.self, from: JSON.text(value)) == value)
    }

    @Test("Invalid texts are refused", arguments: Corpus.files("n_"))
    func invalid(file: String) {
        #expect(throws: JSONError.self) { try Corpus.decode(file) }
    }

    @Test("Texts that each reader may decide about end in a value or an error", arguments: Corpus.files("i_"))
    func undecided(file: String) {
        do {
            let value = try Corpus.decode(file)
            #expect((try? JSON.text(value)) != nil)
        } catch {
            #expect(error is JSONError)
        }
    }
}
