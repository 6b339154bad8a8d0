// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

extension JSON {
    /// The value as YAML 1.2, in block style.
    public var yaml: String {
        var text = ""
        self.writeYAML(into: &text, indent: 0)
        return text.first == "\n" ? String(text.dropFirst()) + "\n" : text + "\n"
    }

    private func writeYAML(into text: inout String, indent: Int) {
        let margin = "\n" + String(repeating: "  ", count: indent)
        switch self {
        case .object(let object) where object != JSONObject():
            for (name, value) in object {
                text += margin + Self.quoted(name) + ":"
                value.writeYAML(into: &text, indent: indent + 1)
            }
        case .array(let values) where !values.isEmpty:
            for value in values {
                text += margin + "-"
                value.writeYAML(into: &text, indent: indent + 1)
            }
        default:
            // What JSON has for a value that is not broken into lines, YAML has too.
            text += (text.isEmpty ? "" : " ") + ((try? JSON.text(self)) ?? "null")
        }
    }

    private static func quoted(_ name: String) -> String {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 }
        let isWord = isPlain && name.utf8.first.map { ($0 | 0x20) &- 0x61 < 26 } == true
        // A plain number, or a word such as `null` or `no`, would not be read as text.
        let reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        return isWord && !reserved.contains(name.lowercased()) ? name : (try? JSON.text(name)) ?? "\"\""
    }
}
