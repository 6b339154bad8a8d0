// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

extension SyntaxProtocol {
    /// The documentation comment before a declaration, as text; `nil` where there is none.
    var documentation: String? {
        var lines: [Substring] = []
        for piece in self.leadingTrivia {
            switch piece {
            case .docLineComment(let line): lines.append(line.dropFirst(3))
            case .docBlockComment(let block):
                lines += block.dropFirst(3).dropLast(2).split(separator: "\n", omittingEmptySubsequences: false).map {
                    $0.drop { $0 == " " || $0 == "*" }
                }
            default: continue
            }
        }
        let text = lines.map { $0.first == " " ? $0.dropFirst() : $0 }.joined(separator: "\n")
        let trimmed = text.drop(while: \.isWhitespace)
        return trimmed.isEmpty ? nil : String(trimmed)
    }
}

extension String {
    /// The text as a Swift string literal.
    var literal: String {
        var literal = "\""
        for scalar in self.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case "\r": literal += "\\r"
            case "\0"..<" ": literal += "\\u{\(String(scalar.value, radix: 16))}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// The text as a JSON string.
    var json: String {
        var json = "\""
        for scalar in self.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    /// A name without the backticks that a keyword needs.
    var withoutBackticks: String { self.replacing("`", with: "") }
}
