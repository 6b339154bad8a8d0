// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// The language of texts that are searched: a search finds words with other endings too, `printers` by `printer`.
///
/// PostgreSQL knows the endings of all of them, SQLite's FTS5 those of English alone: in the others it finds words as
/// they are written.
@Schema public enum SearchLanguage: String, Hashable, CaseIterable {
    /// None: words are found as they are written, in any case, with or without the accents of Latin letters.
    case simple
    case arabic, danish, dutch, english, finnish, french, german, greek, hungarian, indonesian, irish, italian
    case lithuanian, nepali, norwegian, portuguese, romanian, russian, spanish, swedish, tamil, turkish

    /// How FTS5 takes texts apart.
    var tokenizer: String { (self == .english ? "porter " : "") + "unicode61 remove_diacritics 2" }

    /// What stands around a text in PostgreSQL's SQL to have its Latin letters without accents, as FTS5 has them.
    static let unaccenting = (
        before: "normalize(regexp_replace(normalize(",
        after: ", NFD), '([A-Za-z])[\\u0300-\\u036F]+', '\\1', 'g'), NFC)"
    )
}

extension SearchLanguage {
    /// Words of English that say nothing of what a text is about, as PostgreSQL leaves them out.
    private static let stopWords: Set<String> = Set(
        """
        i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself \
        it its itself they them their theirs themselves what which who whom this that these those am is are was were \
        be been being have has had having do does did doing a an the and but if or because as until while of at by for \
        with about against between into through during before after above below to from up down in out on off over \
        under again further then once here there when where why how all any both each few more most other some such no \
        nor not only own same so than too very s t can will just don should now
        """.split(separator: " ").map(String.init)
    )

    /// Whether a search leaves the word out.
    func leavesOut(_ word: String) -> Bool { self == .english && Self.stopWords.contains(word.lowercased()) }
}
