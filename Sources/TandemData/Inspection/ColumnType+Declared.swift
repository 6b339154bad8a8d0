// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension ColumnType {
    /// The type by what people called it, in SQLite's way: by the words that are in it.
    init(declared name: String) {
        let name = name.lowercased()
        let kinds: [(ColumnType, [String])] = [
            (.boolean, ["bool"]), (.json, ["json"]), (.uuid, ["uuid", "guid"]), (.timestamp, ["date", "time"]),
            (.integer, ["int"]), (.text, ["char", "clob", "text", "string"]), (.double, ["real", "floa", "doub"]),
            (.decimal, ["dec", "num"]),
        ]
        self = kinds.first { kind in kind.1.contains(where: name.contains) }?.0 ?? .bytes
    }

    /// What may be otherwise than models have it.
    func note(onDeclared name: String) -> String? {
        switch self {
        case .timestamp: "Its type is \(name); models have times as 2026-11-24T18:00:00.000000Z."
        case .decimal: "Its type is \(name); models have decimals as texts, COLLATE DECIMAL."
        case .bytes where name.isEmpty: "It has no type: its values are taken for bytes."
        default: nil
        }
    }

    /// The type by what PostgreSQL calls it, and whether it is just that of ours.
    static func of(postgreSQL name: String) -> (type: ColumnType, isExact: Bool) {
        if let type = Self.allCases.first(where: { $0.postgreSQLName == name }) { return (type, true) }
        switch name.prefix(while: { $0 != "(" }).trimmingSpaces {
        case "timestamp with time zone" where name == "timestamp with time zone": return (.timestamp, true)
        case "integer", "smallint": return (.integer, false)
        case "real": return (.double, false)
        case "numeric": return (.decimal, false)
        case "json": return (.json, false)
        case "date", "timestamp", "timestamp without time zone", "timestamp with time zone": return (.timestamp, false)
        default: return (.text, false)
        }
    }
}
