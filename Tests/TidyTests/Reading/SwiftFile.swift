// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A Swift file as the rules look at it.
struct SwiftFile: Sendable {
    let path: String
    /// The lines as they are written.
    let lines: [Substring]
    /// The bytes, comments and the contents of strings blanked out; line ends and offsets are those of the text.
    let code: [UInt8]
    /// The names, keywords and numbers of the code, in order.
    let words: [Word]
    let text: String
    /// Where declarations begin in `code`.
    let declarations: Set<Int>

    struct Word: Sendable {
        let text: String
        /// Where it begins in `code`.
        let offset: Int
        /// Its line, from 1.
        let line: Int
    }

    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        self.code = CodeScanner.blankingTextAndComments(text)
        self.words = Self.words(of: self.code)
        self.declarations = Set(self.words.lazy.filter { Self.keywords.contains($0.text) }.map(\.offset))
    }

    private static let keywords: Set = [
        "func", "init", "deinit", "subscript", "var", "let", "case", "struct", "class", "enum", "protocol", "actor",
        "extension", "typealias", "associatedtype", "import",
    ]

    var isGenerated: Bool { self.lines.prefix(5).contains { $0.hasPrefix("// Generated") } }

    /// The number of lines.
    var length: Int { self.text.hasSuffix("\n") ? self.lines.count - 1 : self.lines.count }

    /// The first byte behind a word that is not white space.
    func byte(after word: Word) -> UInt8? {
        self.code[(word.offset + word.text.utf8.count)...].first { $0 > 0x20 }
    }

    /// The last byte before a word that is not white space.
    func byte(before word: Word) -> UInt8? {
        self.code[..<word.offset].last { $0 > 0x20 }
    }

    /// Where a text stands in the code, as line numbers.
    func lines(of needle: String) -> [Int] {
        let needle = Array(needle.utf8)
        var found: [Int] = []
        var line = 1
        for index in self.code.indices {
            if self.code[index] == UInt8(ascii: "\n") { line += 1 }
            if self.code[index] == needle[0], self.code[index...].starts(with: needle) { found.append(line) }
        }
        return found
    }

    private static func words(of code: [UInt8]) -> [Word] {
        var words: [Word] = []
        var line = 1
        var index = 0
        while index < code.count {
            let start = index
            while index < code.count, code[index].isWordByte { index += 1 }
            if index > start {
                let text = String(decoding: code[start..<index], as: UTF8.self)
                words.append(Word(text: text, offset: start, line: line))
            } else {
                if code[index] == UInt8(ascii: "\n") { line += 1 }
                index += 1
            }
        }
        return words
    }
}

extension UInt8 {
    /// Whether it is part of a name or number; bytes beyond ASCII are.
    var isWordByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
