// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Text of a client as it may stand in a log: of bounded length, and with no character that could end a line or drive
/// a terminal.
func loggable(_ text: String, limit: Int = 1_024) -> String {
    let isPlain = text.utf8.count <= limit && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        guard result.utf8.count + 4 <= limit else { return result + "…" }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
