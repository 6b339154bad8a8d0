// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What the program is asked for: `CODEC roundtrip FILE`, or `CODEC decode|encode FILE WARMUP SECONDS`.
struct Job {
    let codec: String
    let work: String
    let warmup: Duration
    let time: Duration
    private let file: URL

    init(_ arguments: ArraySlice<String>) throws {
        let words = Array(arguments)
        guard words.count >= 3 else { throw Usage("json-bench CODEC roundtrip|decode|encode FILE [WARMUP SECONDS]") }
        self.codec = words[0]
        self.work = words[1]
        self.file = URL(filePath: words[2])
        let times = words.dropFirst(3).compactMap(Double.init)
        self.warmup = .seconds(times.first ?? 1)
        self.time = .seconds(times.dropFirst().first ?? 1)
    }

    /// The name of the document: that of its file.
    var document: String { self.file.deletingPathExtension().lastPathComponent }

    func contents() throws -> [UInt8] { [UInt8](try Data(contentsOf: self.file)) }
}

/// The program was asked for something that it does not do.
struct Usage: Error {
    let problem: String

    init(_ problem: String) { self.problem = problem }
}
