// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// The code in the documents is code that the compiler has seen: each block names a snippet, and says what stands
/// between that snippet's markers in Tests/DocumentationTests.
@Suite("The documents' Swift is compiled")
struct SnippetTests {
    /// The snippets by name; several parts of one name in one file are joined by an empty line.
    private static let snippets: [String: String] = {
        var snippets: [String: [String]] = [:]
        for file in Repository.files where file.path.hasPrefix("Tests/DocumentationTests/") {
            var open: (name: String, lines: [Substring])?
            for (_, line) in file.lines {
                let text = line.drop { $0 == " " }
                if text.hasPrefix("// snippet: ") {
                    open = (String(text.dropFirst("// snippet: ".count)), [])
                } else if text == "// end", let (name, lines) = open {
                    snippets[name, default: []].append(Self.dedented(lines))
                    open = nil
                } else {
                    open?.lines.append(line)
                }
            }
        }
        return snippets.mapValues { $0.joined(separator: "\n\n") }
    }()

    private static func dedented(_ lines: [Substring]) -> String {
        let indent = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { $0.dropFirst(indent) }.joined(separator: "\n")
    }

    struct Block: Sendable, CustomTestStringConvertible {
        let path: String
        let line: Int
        /// What the comment above the block names.
        let name: String?
        let text: String

        var testDescription: String { "\(self.path):\(self.line)" }
    }

    /// The Swift blocks of the documents.
    static let blocks: [Block] = Repository.documents.flatMap { file in
        var blocks: [Block] = []
        var previous: Substring = ""
        var open: (line: Int, name: String?, lines: [Substring])?
        for (number, line) in file.lines {
            if line == "```swift" {
                let marker = previous.firstRange(of: "<!-- snippet: ").map { previous[$0.upperBound...] }
                open = (number, marker.map { String($0.prefix { $0 != " " }) }, [])
            } else if line == "```", let (start, name, lines) = open {
                blocks.append(Block(path: file.path, line: start, name: name, text: lines.joined(separator: "\n")))
                open = nil
            } else {
                open?.lines.append(line)
            }
            previous = line
        }
        return blocks
    }

    @Test("A block of Swift is the snippet that it names", arguments: blocks)
    func isCompiled(block: Block) throws {
        let name = try #require(block.name, "put <!-- snippet: NAME --> above it, and the code in DocumentationTests")
        let snippet = try #require(Self.snippets[name], "there is no `// snippet: \(name)` in DocumentationTests")
        #expect(block.text == snippet)
    }

    @Test("Every snippet is in a document")
    func isUsed() {
        #expect(!Self.blocks.isEmpty)
        #expect(Set(Self.snippets.keys) == Set(Self.blocks.compactMap(\.name)))
    }
}
