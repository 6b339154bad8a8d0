// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The name of a field that holds a part of a value: `address[city]`, `address.city`, `tags[]`, `items[0][name]`.
enum FieldName {
    /// How many names may stand in each other; a longer name leads nowhere.
    static let depth = 16

    /// The names of which a field's name is made, the first without brackets; `nil` where it is only one, or malformed.
    static func path(_ name: String) -> [String]? {
        guard let first = name.firstIndex(where: Self.isSeparator), first > name.startIndex else { return nil }
        var path = [String(name[..<first])]
        var rest = name[first...]
        while !rest.isEmpty {
            guard path.count < Self.depth, let step = Self.takeStep(&rest) else { return nil }
            path.append(step)
        }
        return path
    }

    /// A JSON pointer's place, as the name of a field: `/range/from` is `range[from]`.
    static func name(_ pointer: String) -> String {
        let steps = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            $0.replacing("~1", with: "/").replacing("~0", with: "~")
        }
        return (steps.first ?? "") + steps.dropFirst().map { "[\($0)]" }.joined()
    }

    private static func isSeparator(_ character: Character) -> Bool { character == "[" || character == "." }

    private static func takeStep(_ rest: inout Substring) -> String? {
        let isBracket = rest.removeFirst() == "["
        let end = isBracket ? rest.firstIndex(of: "]") : rest.firstIndex(where: Self.isSeparator) ?? rest.endIndex
        guard let end else { return nil }
        let step = rest[..<end]
        rest = isBracket ? rest[end...].dropFirst() : rest[end...]
        guard rest.first.map(Self.isSeparator) ?? true else { return nil }
        return String(step)
    }
}
