// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Tells Swift's code from its comments and strings, as far as counting braces and finding words needs it.
struct CodeScanner {
    private var bytes: [UInt8]
    private var index = 0

    /// The bytes of a text with comments and the contents of strings replaced by spaces; line ends stay.
    static func blankingTextAndComments(_ text: String) -> [UInt8] {
        var scanner = CodeScanner(bytes: Array(text.utf8))
        scanner.scanCode(isInterpolation: false)
        return scanner.bytes
    }

    private mutating func scanCode(isInterpolation: Bool) {
        var depth = 0
        while self.index < self.bytes.count {
            switch self.bytes[self.index] {
            case UInt8(ascii: "/") where self.starts(with: "//"):
                while self.index < self.bytes.count, !self.isAtLineEnd { self.blank(1) }
                continue
            case UInt8(ascii: "/") where self.starts(with: "/*"):
                self.blankBlockComment()
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "#"):
                if let quote = self.openingQuote() {
                    self.scanString(quote)
                    continue
                }
            case UInt8(ascii: "("):
                depth += 1
            case UInt8(ascii: ")"):
                depth -= 1
                if isInterpolation, depth == 0 { return }
            default:
                break
            }
            self.index += 1
        }
    }

    private struct Quote {
        let hashes: Int
        let isMultiline: Bool

        var length: Int { self.hashes + (self.isMultiline ? 3 : 1) }
        var closing: String {
            (self.isMultiline ? "\"\"\"" : "\"") + String(repeating: "#", count: self.hashes)
        }
        var escape: String { "\\" + String(repeating: "#", count: self.hashes) }
    }

    private func openingQuote() -> Quote? {
        var quote = self.index
        while quote < self.bytes.count, self.bytes[quote] == UInt8(ascii: "#") { quote += 1 }
        guard quote < self.bytes.count, self.bytes[quote] == UInt8(ascii: "\"") else { return nil }
        return Quote(
            hashes: quote - self.index,
            isMultiline: self.bytes[quote...].starts(with: "\"\"\"".utf8)
        )
    }

    /// Keeps the quotes and blanks what is between them, but for interpolated code.
    private mutating func scanString(_ quote: Quote) {
        self.index += quote.length
        while self.index < self.bytes.count {
            switch self.bytes[self.index] {
            case UInt8(ascii: "\"") where self.starts(with: quote.closing):
                self.index += quote.length
                return
            // A string of one line ends with it, so that a stray quote cannot take the rest of the file.
            case UInt8(ascii: "\n") where !quote.isMultiline:
                return
            case UInt8(ascii: "\\") where self.starts(with: quote.escape):
                self.blank(quote.escape.utf8.count)
                if self.starts(with: "(") {
                    self.scanCode(isInterpolation: true)
                    self.index += 1
                } else {
                    self.blank(1)
                }
            default:
                self.blank(1)
            }
        }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if self.starts(with: "/*") {
                depth += 1
                self.blank(2)
            } else if self.starts(with: "*/") {
                depth -= 1
                self.blank(2)
            } else {
                self.blank(1)
            }
        } while depth > 0 && self.index < self.bytes.count
    }

    private var isAtLineEnd: Bool { self.bytes[self.index] == UInt8(ascii: "\n") }

    private func starts(with text: String) -> Bool {
        self.bytes[self.index...].starts(with: text.utf8)
    }

    /// Replaces bytes by spaces, line ends apart.
    private mutating func blank(_ count: Int) {
        for _ in 0..<count where self.index < self.bytes.count {
            if !self.isAtLineEnd { self.bytes[self.index] = UInt8(ascii: " ") }
            self.index += 1
        }
    }
}
