// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What the package's manifest says of its targets.
struct Manifest {
    struct Target {
        let name: String
        let kind: String
        /// The list of dependencies as it is written.
        let dependencies: String

        func depends(on other: Target) -> Bool { self.dependencies.contains("\"\(other.name)\"") }
    }

    let targets: [Target]

    init(_ file: SwiftFile) {
        let kinds: Set = ["target", "executableTarget", "testTarget", "systemLibrary", "macro", "plugin"]
        self.targets = file.words.compactMap { word in
            guard kinds.contains(word.text), file.byte(before: word) == UInt8(ascii: "."),
                let call = file.call(at: word), let name = call.firstString(after: "name:")
            else { return nil }
            let list = call.firstRange(of: "dependencies:").flatMap { call[$0.upperBound...].bracketed }
            return Target(name: name, kind: word.text, dependencies: list.map(String.init) ?? "")
        }
    }
}

extension SwiftFile {
    /// The text of the call that a word names, from the word to the closing parenthesis.
    func call(at word: Word) -> String? {
        guard self.byte(after: word) == UInt8(ascii: "(") else { return nil }
        var depth = 0
        for offset in word.offset..<self.code.count {
            if self.code[offset] == UInt8(ascii: "(") { depth += 1 }
            if self.code[offset] == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0, self.code[offset] == UInt8(ascii: ")") {
                return String(decoding: Array(self.text.utf8)[word.offset...offset], as: UTF8.self)
            }
        }
        return nil
    }
}

extension StringProtocol where SubSequence == Substring {
    /// The first string literal behind a text.
    func firstString(after label: String) -> String? {
        guard let found = self.firstRange(of: label) else { return nil }
        let rest = self[found.upperBound...]
        guard let quote = rest.firstIndex(of: "\"") else { return nil }
        return String(rest[rest.index(after: quote)...].prefix { $0 != "\"" })
    }

    /// The text of the first pair of square brackets, both included.
    var bracketed: Substring? {
        guard let start = self.firstIndex(of: "[") else { return nil }
        var depth = 0
        for index in self[start...].indices {
            if self[index] == "[" { depth += 1 }
            if self[index] == "]" { depth -= 1 }
            if depth == 0 { return self[start...index] }
        }
        return nil
    }
}
