// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension ColumnDefault {
    /// Reads a default as a database tells it; nil where it is more than a value, or no value of the type.
    init?(sql: String, as type: ColumnType) {
        var tokens = SQLTokens(sql, .postgreSQL).filter(\.counts)[...]
        while tokens.first?.isSymbol("(") == true, tokens.last?.isSymbol(")") == true {
            tokens = tokens.dropFirst().dropLast()
        }
        guard let first = tokens.first else { return nil }
        if let call = Self.time(tokens), type == .timestamp {
            self = call
            return
        }
        if let end = tokens.firstIndex(where: { $0.isSymbol(":") }) { tokens = tokens[..<end] }
        guard let text = first.kind == .string ? Self.string(tokens) : Self.bare(tokens),
            let value = ColumnDefault(text, as: type, isQuoted: first.kind == .string)
        else { return nil }
        self = value
    }

    /// The present time, in the words of the two databases.
    private static func time(_ tokens: ArraySlice<SQLToken>) -> ColumnDefault? {
        let text = tokens.map { $0.text.lowercased() }.joined()
        let isNow =
            ["now()", "current_timestamp", "current_timestamp()", "transaction_timestamp()"].contains(text)
            || text.hasPrefix("strftime('%y-%m-%dt%h:%m:%f") && text.contains(",'now'")
        return isNow ? .now : nil
    }

    private static func string(_ tokens: ArraySlice<SQLToken>) -> String? {
        guard tokens.count == 1, let token = tokens.first else { return nil }
        var parser = MigrationParser(String(token.text))
        guard case .text(let text) = try? parser.value() else { return nil }
        return text
    }

    /// A number or a word; a sign may stand before it.
    private static func bare(_ tokens: ArraySlice<SQLToken>) -> String? {
        let text = tokens.map { String($0.text) }.joined()
        let isOne = tokens.filter { $0.kind == .number || $0.kind == .word }.count
        return isOne > 0 && tokens.allSatisfy { $0.kind != .string && $0.kind != .name } ? text : nil
    }

    private init?(_ text: String, as type: ColumnType, isQuoted: Bool) {
        switch type {
        case .boolean:
            switch text.lowercased() {
            case "true", "t", "1": self = .boolean(value: true)
            case "false", "f", "0": self = .boolean(value: false)
            default: return nil
            }
        case .integer:
            guard let value = Int64(text) else { return nil }
            self = .integer(value: value)
        case .double:
            guard let value = Double(text), value.isFinite else { return nil }
            self = .double(value: value)
        case .decimal:
            guard Double(text) != nil else { return nil }
            self = .text(value: text)
        case .json where isQuoted: self = .json(value: text)
        case .text where isQuoted, .uuid where isQuoted, .timestamp where isQuoted: self = .text(value: text)
        default: return nil
        }
    }
}
