// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Documentation/errors.md lists the error codes that there are")
struct ErrorCodeTests {
    /// The codes of the errors made in Sources, with where they are made.
    private static let used: [String: String] = Repository.sources.reduce(into: [:]) { used, file in
        for word in file.words where word.text == "HTTPError" {
            for code in codes(ofCall: file.call(at: word) ?? "") { used[code] = "\(file.path):\(word.line)" }
        }
        // Codes of other errors, which become those of the answer.
        for part in file.text.split(separator: "= Self(rawValue: \"").dropFirst() where file.path.contains("Errors/") {
            used[String(part.prefix { $0 != "\"" })] = file.path
        }
        // What is written as JSON by hand.
        for part in file.text.split(separator: #"\"code\":\""#).dropFirst() {
            used[String(part.prefix { $0 != "\\" })] = file.path
        }
    }

    /// The codes that a call can make: the one it names, or else its statuses' phrases with hyphens.
    private static func codes(ofCall call: String) -> [String] {
        if let named = call.firstString(after: "code: ") { return [named] }
        let status = call.dropFirst("HTTPError(".count).prefix { $0 != "," }
        return status.split(whereSeparator: \.isWhitespace).compactMap { part in
            if part.hasPrefix(".") {
                return part.dropFirst().prefix(while: \.isLetter).reduce(into: "") {
                    $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)"
                }
            }
            return Int(part).flatMap(self.phrase)?.lowercased().replacing(" ", with: "-")
        }
    }

    private static func phrase(of status: Int) -> String? {
        (try? Repository.file("Sources/TandemHTTP/Message/Status.swift"))?.text.firstString(after: "\(status): ")
    }

    /// The headings of the registry: a code in backquotes each.
    private static func listed() throws -> [String] {
        try Repository.file("Documentation/errors.md").lines.compactMap { line in
            guard line.text.hasPrefix("### `") else { return nil }
            return String(line.text.dropFirst("### `".count).prefix { $0 != "`" })
        }
    }

    @Test("Every code in the Sources is listed")
    func complete() throws {
        let listed = Set(try Self.listed())
        #expect(Self.used.count > 5)
        expectNone(
            Self.used.filter { !listed.contains($0.key) }.sorted { $0.key < $1.key }.map {
                Finding($0.value, "`\($0.key)` is not in Documentation/errors.md; say what to do if one sees it")
            }
        )
    }

    @Test("Every code listed is in the Sources, once, in order")
    func current() throws {
        let listed = try Self.listed()
        expectNone(
            listed.filter { Self.used[$0] == nil }.map {
                Finding("Documentation/errors.md", "`\($0)` is made nowhere in Sources; remove it")
            }
        )
        #expect(listed == Set(listed).sorted())
    }

    @Test(
        "A call's codes are found",
        arguments: [
            (#"HTTPError(.badRequest, "No.", code: "no-good")"#, ["no-good"]),
            ("HTTPError(\n    .requestHeaderFieldsTooLarge,\n    \"No.\")", ["request-header-fields-too-large"]),
            (#"HTTPError(499, "Gone.", code: "client-gone")"#, ["client-gone"]),
            ("HTTPError(isFull ? 507 : .internalServerError, nil)", ["insufficient-storage", "internal-server-error"]),
            ("HTTPError(status, detail)", []),
        ]
    )
    func codes(call: String, codes: [String]) {
        #expect(Self.codes(ofCall: call) == codes)
    }
}
