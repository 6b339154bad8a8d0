// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Patterns that are tried one after the other, segment by segment: slow, and plain to see that it is right.
struct NaiveTable {
    private enum Segment {
        case text([UInt8])
        case parameter(prefix: [UInt8], suffix: [UInt8])
        case rest

        /// Greater goes before less: text, more of it before a parameter, more of it behind one, the rest.
        var rank: (Int, Int, Int) {
            switch self {
            case .text: (2, 0, 0)
            case .parameter(let prefix, let suffix): (1, prefix.count, suffix.count)
            case .rest: (0, 0, 0)
            }
        }
    }

    private let patterns: [(text: String, segments: [Segment])]

    init(_ texts: some Sequence<String>) {
        self.patterns = texts.map { text in
            (text, text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(Self.segment))
        }
    }

    private static func segment(_ text: Substring) -> Segment {
        guard let open = text.firstIndex(of: "{"), let close = text.firstIndex(of: "}") else {
            return .text(self.decode(text))
        }
        if text[..<close].hasSuffix("*") { return .rest }
        return .parameter(
            prefix: self.decode(text[..<open]),
            suffix: self.decode(text[text.index(after: close)...])
        )
    }

    private static func decode(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    func find(_ path: String) -> Found? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.first?.isEmpty == true, parts.count > 1 else { return nil }
        let segments = parts.dropFirst().map(Self.decode)
        var best: (found: Found, ranks: [(Int, Int, Int)])?
        for pattern in self.patterns {
            guard let values = Self.values(pattern.segments, segments) else { continue }
            let ranks = pattern.segments.map(\.rank)
            if let best, !best.ranks.lexicographicallyPrecedes(ranks, by: <) { continue }
            best = (Found(pattern.text, values), ranks)
        }
        return best?.found
    }

    /// The values of a pattern's parameters, where it matches.
    private static func values(_ pattern: [Segment], _ path: [[UInt8]]) -> [String]? {
        var values: [String] = []
        for (index, segment) in pattern.enumerated() {
            guard index < path.count else { return nil }
            switch segment {
            case .text(let text):
                guard path[index] == text else { return nil }
            case .parameter(let prefix, let suffix):
                guard path[index].starts(with: prefix), path[index].reversed().starts(with: suffix.reversed()),
                    path[index].count > prefix.count + suffix.count
                else { return nil }
                let value = path[index].dropFirst(prefix.count).dropLast(suffix.count)
                values.append(String(decoding: value, as: UTF8.self))
            case .rest:
                let rest = Array(path[index...].joined(separator: "/".utf8))
                values.append(String(decoding: rest, as: UTF8.self))
                return values
            }
        }
        return pattern.count == path.count ? values : nil
    }
}
