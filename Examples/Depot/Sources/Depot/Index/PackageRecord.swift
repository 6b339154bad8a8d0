// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A record of Debian's package index: one version of a package.
struct PackageRecord: Sendable {
    var name: String
    var version: String
    var architecture: String
    /// Without the area that may stand before it: of `non-free/games` it is `games`.
    var section: String
    var priority: Priority
    /// A name, without the address behind it.
    var maintainer: String
    /// What it takes when it is installed, in bytes.
    var installedSize: Int64?
    /// What has to be fetched, in bytes.
    var downloadSize: Int64?
    /// One line.
    var summary: String
    /// Paragraphs with empty lines between them; indented lines are kept as they are.
    var description: String
    var homepage: String?
    var tags: [String]
    var relations: [DependencyKind: [PackageRelation]]
    /// How many entries of relation fields could not be read.
    var malformedRelations: Int
    /// What tells the record from what it was before.
    var fingerprint: Int64

    /// The most bytes of a name, a version or another word.
    static let longestWord = 256
    /// The most characters of a line, such as the summary.
    static let longestLine = 1_000
    /// The most characters of a description.
    static let longestText = 64_000

    /// The record of a stanza.
    ///
    /// - Throws: What keeps it from being one; a field that is merely strange is left out.
    init(_ stanza: Stanza) throws(RecordError) {
        guard let name = stanza["Package"], Self.isName(name[...]) else { throw .noName }
        guard let version = stanza["Version"], version.utf8.count <= Self.longestWord, DebianVersion(version) != nil
        else { throw .noVersion(of: name) }
        guard let architecture = stanza["Architecture"], Self.isName(architecture[...]) else {
            throw .noArchitecture(of: name)
        }
        self.name = name
        self.version = version
        self.architecture = architecture
        let section = stanza["Section"]?.split(separator: "/").last ?? ""
        self.section = Self.isName(section) ? section.lowercased() : "unknown"
        self.priority = Priority(debian: stanza["Priority"])
        self.maintainer =
            Self.line(stanza["Maintainer"]).map { $0.split(separator: " <").first.map(String.init) ?? $0 } ?? ""
        // It counts kibibytes.
        self.installedSize = Self.size(stanza["Installed-Size"], unit: 1_024)
        self.downloadSize = Self.size(stanza["Size"], unit: 1)
        let text = DescriptionText(stanza["Description"] ?? stanza["Description-en"] ?? "")
        self.summary = text.summary
        self.description = text.body
        self.homepage = Self.line(stanza["Homepage"]).flatMap(Self.webAddress)
        self.tags = Self.tags(stanza["Tag"])
        self.relations = [:]
        self.malformedRelations = 0
        for kind in DependencyKind.allCases {
            guard let field = stanza[kind.field] else { continue }
            let parser = RelationParser(field)
            self.malformedRelations += parser.malformed
            if !parser.relations.isEmpty { self.relations[kind] = parser.relations }
        }
        self.fingerprint = stanza.fingerprint
    }

    /// Whether a text is a word such as names of packages, architectures and sections are.
    static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first.isDigit || first.isLetter else { return false }
        return text.utf8.count <= Self.longestWord
            && text.utf8.allSatisfy { $0.isDigit || $0.isLetter || "+-._".utf8.contains($0) }
    }

    private static func size(_ text: String?, unit: Int64) -> Int64? {
        guard let number = text.flatMap({ Int64($0) }), number >= 0 else { return nil }
        let (size, isTooLarge) = number.multipliedReportingOverflow(by: unit)
        return isTooLarge ? nil : size
    }

    private static func line(_ text: String?) -> String? {
        text.map { String($0.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(Self.longestLine)) }
    }

    /// An address that a page may link to.
    private static func webAddress(_ text: String) -> String? {
        let lowercased = text.lowercased()
        return lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") ? text : nil
    }

    private static func tags(_ text: String?) -> [String] {
        guard let text else { return [] }
        let words = text.split { $0 == "," || $0.isWhitespace }.filter { $0.utf8.count <= Self.longestWord }
        return words.prefix(100).map(String.init)
    }
}

/// Why a stanza is no record.
enum RecordError: Error, Equatable, CustomStringConvertible {
    case noName
    case noVersion(of: String)
    case noArchitecture(of: String)

    var description: String {
        switch self {
        case .noName: "A stanza has no field Package with a name."
        case .noVersion(let name): "The package \(name) has no version that can be compared."
        case .noArchitecture(let name): "The package \(name) has no architecture."
        }
    }
}
