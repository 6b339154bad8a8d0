// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Names say what is in them")
struct NameTests {
    static let empty: Set = [
        "Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Common", "New", "V2",
    ]

    @Test("No folder or file has a name that says nothing")
    func paths() {
        expectNone(
            Repository.files.compactMap { file in
                let words = file.path.split(whereSeparator: { "/.+-_".contains($0) }).flatMap(Self.words)
                return words.first(where: Self.isEmpty).map {
                    Finding(file.path, "`\($0)` says nothing; name the idea in the file")
                }
            }
        )
    }

    @Test("No type of a target has a name that says nothing")
    func types() {
        expectNone(
            (Repository.sources + Repository.tests).flatMap { file in
                file.typeNames.filter { Self.words($0.text[...]).contains(where: Self.isEmpty) }.map {
                    Finding(file.path, line: $0.line, "`\($0.text)` says nothing; name what it is")
                }
            }
        )
    }

    @Test(
        "A name falls into its words",
        arguments: [
            ("HTTPManagerV2", ["HTTP", "Manager", "V2"]), ("Renew", ["Renew"]), ("helpers", ["helpers"]),
            ("HTTP1Connection", ["HTTP1", "Connection"]), ("NewsFeed", ["News", "Feed"]),
        ]
    )
    func words(name: String, words: [String]) {
        #expect(Self.words(name[...]) == words)
    }

    private static func isEmpty(_ word: String) -> Bool {
        self.empty.contains(word.prefix(1).uppercased() + word.dropFirst())
    }

    /// The words of a name in camel case.
    private static func words(_ name: Substring) -> [String] {
        var words: [String] = []
        let characters = Array(name)
        for (index, character) in characters.enumerated() {
            let previous = index > 0 ? characters[index - 1] : nil
            let next = index + 1 < characters.count ? characters[index + 1] : nil
            let begins =
                previous == nil
                || character.isUppercase && (previous?.isUppercase == false || next?.isLowercase == true)
            if begins { words.append(String(character)) } else { words[words.count - 1].append(character) }
        }
        return words
    }
}
