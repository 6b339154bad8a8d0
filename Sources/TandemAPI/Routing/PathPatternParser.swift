// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads the text of a path pattern, segment by segment.
struct PathPatternParser {
    private let text: String
    private let bytes: [UInt8]
    private var reading = PathPattern.Reading()
    /// What has been read since the last parameter.
    private var literal: [UInt8] = []

    /// Reads a text that begins with a slash.
    static func read(_ text: String) throws(PathPatternError) -> PathPattern.Reading {
        var parser = PathPatternParser(text)
        try parser.readSegments()
        return parser.reading
    }

    private init(_ text: String) {
        self.text = text
        self.bytes = Array(text.utf8)
    }

    private mutating func readSegments() throws(PathPatternError) {
        if let mark = self.bytes.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) {
            let character = self.bytes[mark] == UInt8(ascii: "?") ? "?" : "#"
            throw self.error(
                at: mark,
                "`\(character)` ends a path",
                "Leave it out: a pattern has no query; where it is meant, write `\(character == "?" ? "%3F" : "%23")`."
            )
        }
        var start = 1
        while true {
            let end = self.bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? self.bytes.count
            let isLast = end == self.bytes.count
            if start == end, !isLast {
                throw self.error(at: start, "a segment is empty", "Write one slash instead of two.")
            }
            self.literal.append(UInt8(ascii: "/"))
            try self.readSegment(start..<end, isLast: isLast)
            if isLast { break }
            start = end + 1
        }
        self.endLiteral()
    }

    private mutating func readSegment(_ segment: Range<Int>, isLast: Bool) throws(PathPatternError) {
        guard let open = self.bytes[segment].firstIndex(of: UInt8(ascii: "{")) else {
            try self.refuseOtherSpellings(segment)
            self.literal += try self.text(segment)
            return
        }
        let prefix = segment.lowerBound..<open
        self.literal += try self.text(prefix)
        guard let close = self.bytes[open..<segment.upperBound].firstIndex(of: UInt8(ascii: "}")) else {
            throw self.error(
                at: open,
                "`{` has no `}` in its segment",
                "Write a parameter as `{id}`, and a brace that is meant as `%7B`."
            )
        }
        let suffix = (close + 1)..<segment.upperBound
        if let second = self.bytes[suffix].firstIndex(of: UInt8(ascii: "{")) {
            throw self.error(
                at: second,
                "a segment has two parameters",
                "Put a slash between them, or take one and divide it in the handler."
            )
        }
        if self.bytes[close - 1] == UInt8(ascii: "*") {
            try self.readName((open + 1)..<(close - 1))
            guard isLast, prefix.isEmpty, suffix.isEmpty else { throw self.restIsNotLast(open..<(close + 1)) }
            self.endLiteral()
            self.reading.steps.append(.rest)
        } else {
            try self.readName((open + 1)..<close)
            self.endLiteral()
            self.reading.steps.append(.parameter(suffix: try self.text(suffix)))
        }
    }

    private mutating func endLiteral() {
        if !self.literal.isEmpty { self.reading.steps.append(.literal(self.literal)) }
        self.literal = []
    }

    private mutating func readName(_ range: Range<Int>) throws(PathPatternError) {
        let name = String(decoding: self.bytes[range], as: UTF8.self)
        if name.isEmpty {
            throw self.error(
                at: range.lowerBound,
                "the parameter has no name",
                "Write `{id}`, or `{path*}` for the rest of the path."
            )
        }
        if let wrong = range.first(where: { !Self.mayStand(self.bytes[$0], isFirst: $0 == range.lowerBound) }) {
            throw self.error(
                at: wrong,
                "`\(name)` is no name for a parameter",
                "Use the letters a to z, digits and underscores, with no digit at the start, as in `{user_id}`."
            )
        }
        if self.reading.names.contains(name) {
            throw self.error(at: range.lowerBound, "the name `\(name)` is there twice", "Give each parameter its own.")
        }
        if self.reading.names.count == ParameterRanges.capacity {
            throw self.error(
                at: range.lowerBound,
                "there are more than \(ParameterRanges.capacity) parameters",
                "Take the rest as `{path*}`, or move values into the query."
            )
        }
        self.reading.names.append(name)
    }

    private static func mayStand(_ byte: UInt8, isFirst: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): !isFirst
        default: false
        }
    }
}

// MARK: - Text

extension PathPatternParser {
    /// The bytes that a text stands for.
    private func text(_ range: Range<Int>) throws(PathPatternError) -> [UInt8] {
        if let brace = self.bytes[range].firstIndex(of: UInt8(ascii: "}")) {
            throw self.error(
                at: brace,
                "`}` has no `{` before it",
                "Write a parameter as `{id}`, and a brace that is meant as `%7D`."
            )
        }
        do throws(CanonicalPath.Fault) {
            return try CanonicalPath.bytes(self.bytes.span.extracting(range))
        } catch {
            switch error {
            case .escape(let offset):
                throw self.error(
                    at: range.lowerBound + offset,
                    "`%` is not followed by two hexadecimal digits",
                    "Write a percent sign that is meant as `%25`."
                )
            case .encoding:
                throw self.error(
                    at: range.lowerBound,
                    "the percent-encoded bytes are not UTF-8",
                    "Write the characters themselves."
                )
            }
        }
    }

    /// Refuses what is a parameter elsewhere, and would be a text that no client ever sends.
    private func refuseOtherSpellings(_ segment: Range<Int>) throws(PathPatternError) {
        let written = String(decoding: self.bytes[segment], as: UTF8.self)
        if written == "*" || written == "**" {
            throw self.error(
                at: segment.lowerBound,
                "`\(written)` is only an asterisk here",
                "Write `{name}` for one segment and `{path*}` for the rest; an asterisk that is meant as `%2A`."
            )
        }
        if written.utf8.first == UInt8(ascii: ":"), written.utf8.count > 1 {
            throw self.error(
                at: segment.lowerBound,
                "`\(written)` is no parameter here",
                "Write `{\(written.dropFirst())}`, and a colon that is meant as `%3A`."
            )
        }
    }

    private func restIsNotLast(_ braces: Range<Int>) -> PathPatternError {
        let written = String(decoding: self.bytes[braces], as: UTF8.self)
        return self.error(
            at: braces.lowerBound,
            "`\(written)` takes the rest of the path, but is not its last segment",
            "Put it last, with nothing but a slash before it, or write `\(written.dropLast(2))}` for one segment."
        )
    }

    private func error(at offset: Int, _ reason: String, _ cure: String) -> PathPatternError {
        let before = String(decoding: self.bytes[..<offset], as: UTF8.self)
        return PathPatternError(pattern: self.text, position: before.count + 1, reason: reason, cure: cure)
    }
}
