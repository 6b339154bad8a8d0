// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A description in Debian's way of writing: a summary, and below it lines that each begin with a space.
struct DescriptionText {
    /// One line.
    let summary: String
    /// The rest, without the space before each line and the dot of the empty ones.
    let body: String

    init(_ field: String) {
        let lines = field.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        self.summary = String((lines.first ?? "").prefix(PackageRecord.longestLine))
        let rest = lines.dropFirst().map { line in
            let text = line.dropFirst(line.first == " " || line.first == "\t" ? 1 : 0)
            return text.trimmingSuffix(while: \.isWhitespace) == "." ? "" : String(text)
        }
        self.body = String(rest.joined(separator: "\n").prefix(PackageRecord.longestText))
    }

    /// What a page shows of a body, part by part.
    enum Block: Equatable {
        case paragraph(String)
        case list([String])
        /// Lines as they are.
        case verbatim([String])
    }

    /// The parts of a body: lines that belong together are one paragraph, indented ones a list or as they are.
    static func blocks(of body: String) -> [Block] {
        var blocks: [Block] = []
        var isNext = true
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = line.trimmingPrefix(while: \.isWhitespace).trimmingSuffix(while: \.isWhitespace)
            guard !text.isEmpty else {
                isNext = true
                continue
            }
            let isIndented = line.first?.isWhitespace == true
            let bullet = text.first.map { "*-+•".contains($0) } == true && text.dropFirst().first == " "
            switch (blocks.last, isNext) {
            case (.list(var items), _) where bullet || isIndented && !isNext:
                if bullet { items.append(Self.item(text)) } else { items[items.count - 1] += " \(text)" }
                blocks[blocks.count - 1] = .list(items)
            case (_, _) where bullet:
                blocks.append(.list([Self.item(text)]))
            case (.verbatim(let lines), false) where isIndented:
                blocks[blocks.count - 1] = .verbatim(lines + [String(line)])
            case (_, _) where isIndented:
                blocks.append(.verbatim([String(line)]))
            case (.paragraph(let before), false):
                blocks[blocks.count - 1] = .paragraph("\(before) \(text)")
            default:
                blocks.append(.paragraph(String(text)))
            }
            isNext = false
        }
        return blocks
    }

    private static func item(_ text: Substring) -> String {
        String(text.dropFirst().trimmingPrefix(while: \.isWhitespace))
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
        var text = self
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
