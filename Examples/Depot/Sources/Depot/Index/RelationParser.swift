// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Reads the entries of a relation field: `a | b (>= 1.2) [amd64], c:any`.
struct RelationParser {
    /// The entries that could be read.
    private(set) var relations: [PackageRelation] = []
    /// How many could not be, or were more than there may be.
    private(set) var malformed = 0

    /// The most entries of a field, and the most alternatives of an entry.
    static let limit = 10_000

    init(_ field: String) {
        for entry in field.utf8.split(separator: UInt8(ascii: ",")) {
            if entry.allSatisfy(\.isSpace) { continue }
            let alternatives = entry.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            let read = alternatives.prefix(Self.limit).compactMap(Self.alternative)
            if read.count == alternatives.count, self.relations.count < Self.limit {
                self.relations.append(PackageRelation(alternatives: read))
            } else {
                self.malformed += 1
            }
        }
    }

    private static func alternative(_ text: Substring.UTF8View) -> PackageRelation.Alternative? {
        var rest = text.trimmed
        let word = rest.prefix { !$0.isSpace && !"([<".utf8.contains($0) }
        rest = rest[word.endIndex...].trimmed
        let parts = word.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, PackageRecord.isName(Substring(name)) else { return nil }
        var alternative = PackageRelation.Alternative(name: String(Substring(name)))
        if parts.count > 1 {
            guard PackageRecord.isName(Substring(parts[1])) else { return nil }
            alternative.qualifier = String(Substring(parts[1]))
        }
        if let inner = rest.take("(", ")") {
            guard let condition = Self.condition(inner) else { return nil }
            alternative.condition = condition
        }
        if let inner = rest.take("[", "]") {
            alternative.architectures = inner.split(whereSeparator: \.isSpace).map { String(Substring($0)) }
        }
        // The build profiles of source packages say nothing about what is installed.
        while rest.take("<", ">") != nil {}
        return rest.isEmpty ? alternative : nil
    }

    private static func condition(_ text: Substring.UTF8View) -> PackageRelation.VersionCondition? {
        let sign = text.prefix { "<=>".utf8.contains($0) }
        let version = Substring(text[sign.endIndex...].trimmed)
        // The old `<` and `>` mean `<=` and `>=`.
        let name = sign.count == 1 && sign.first != UInt8(ascii: "=") ? "\(Substring(sign))=" : String(Substring(sign))
        guard let order = PackageRelation.VersionCondition.Order(rawValue: name), !version.isEmpty,
            version.utf8.count <= PackageRecord.longestWord, !version.utf8.contains(where: \.isSpace)
        else { return nil }
        return PackageRelation.VersionCondition(order: order, version: String(version))
    }
}

extension Substring.UTF8View {
    /// Without the spaces around it.
    fileprivate var trimmed: Substring.UTF8View {
        guard let first = self.firstIndex(where: { !$0.isSpace }), let last = self.lastIndex(where: { !$0.isSpace })
        else { return self[self.endIndex...] }
        return self[first...last]
    }

    /// Takes what it begins with in brackets, and gives what stands in them.
    fileprivate mutating func take(_ opening: Unicode.Scalar, _ closing: Unicode.Scalar) -> Substring.UTF8View? {
        guard self.first == UInt8(ascii: opening), let end = self.firstIndex(of: UInt8(ascii: closing)) else {
            return nil
        }
        let inner = self[self.index(after: self.startIndex)..<end]
        self = self[self.index(after: end)...].trimmed
        return inner.trimmed
    }
}
