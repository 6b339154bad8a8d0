// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Select {
    /// Only rows in whose `@FullText` properties all words of a text are found, the best first unless they have another
    /// order.
    ///
    /// The text is what somebody typed: words in any case, of which the last may be a beginning, `"phrases"`, and
    /// `-words` to leave out; nothing in it is an error. A text without words finds nothing. Latin letters with and
    /// without accents are the same, and words with other endings are where `@FullText` says a language.
    public func matching(_ text: String) -> Select {
        let search = TextSearch(text, of: Root.self, in: self.statement.table)
        return self.changed { search.add(to: &$0) }
    }
}

extension Select where Row == Root {
    /// Only rows in whose `@FullText` properties all words of a text are found, as `matching(_:)` does, each with a
    /// piece of one of these properties in which they are marked.
    ///
    /// - Parameters:
    ///   - text: What to look for.
    ///   - property: The property that the pieces are of.
    /// - Returns: The query for rows with their pieces.
    public func matching(
        _ text: String,
        snippetOf property: KeyPath<Root.Columns, SQLExpression<String>>
    ) -> Select<Root, (Root, Snippet)> {
        let search = TextSearch(text, of: Root.self, in: self.statement.table)
        var statement = self.statement
        search.add(to: &statement)
        do {
            statement.columns.append(search.snippet(of: try columnName(property, of: Root.self)))
        } catch {
            statement.columns.append(.value(.invalid(error.message)))
        }
        return Select<Root, (Root, Snippet)>(
            self.database,
            statement,
            .decoded { row throws(DatabaseError) in
                (try Root(from: &row), Snippet(marked: try row.read(String?.self) ?? ""))
            }
        )
    }
}

/// A search in a model's text, at one place of a statement.
struct TextSearch {
    private let table: TableReference
    private let searched: [String]
    private let language: SearchLanguage
    /// SQLite's table of words.
    private let words: TableReference
    private let terms: SearchTerms

    init<M: Model>(_ text: String, of model: M.Type, in table: TableReference) {
        self.table = table
        self.searched = M.table.searched
        self.language = M.table.searchLanguage
        self.words = TableReference("\(M.tableName)_search")
        self.terms = SearchTerms(text, self.language)
    }

    /// Adds the condition, and the order where there is none.
    func add(to statement: inout SelectStatement) {
        guard !self.searched.isEmpty else {
            let message = "\"\(self.table.table)\" has no text to search in: say which by @FullText."
            return statement.conditions.append(.value(.invalid(message)))
        }
        guard !self.terms.isEmpty else { return statement.conditions.append("1 = 0") }
        statement.links.append(
            SelectStatement.Link(table: self.words, condition: self.fts5Match(self.terms.fts5), only: .sqlite)
        )
        let (table, query) = (self.table, self.tsquery)
        statement.conditions.append(
            .dialect { dialect in
                guard dialect == .postgreSQL else { return "1 = 1" }
                return SQL([.column(table, "search_vector")]) + " @@ " + query
            }
        )
        statement.ranking = [self.rank]
    }

    private func fts5Match(_ query: String) -> SQL {
        SQL([
            .column(self.words, "rowid"), .text(" = "), .column(self.table, "rowid"), .text(" AND "),
            .column(self.words, self.words.table), .text(" MATCH "), .value(.text(query)),
        ])
    }

    /// The query of PostgreSQL, of words without accents.
    private var tsquery: SQL {
        let (before, after) = SearchLanguage.unaccenting
        let text = SQL.value(.text(self.terms.tsquery))
        return self.tsquery(self.hasAccents ? SQL(text: before) + text + SQL(text: after) : text)
    }

    private func tsquery(_ text: SQL) -> SQL {
        SQL(text: "to_tsquery('\(self.language.rawValue)', ") + text + ")"
    }

    private var hasAccents: Bool { self.terms.tsquery.utf8.contains { $0 >= 0x80 } }

    /// How well a row fits, the best first.
    private var rank: OrderTerm {
        let (table, words, query) = (self.table, self.words, self.tsquery)
        return OrderTerm(
            expression: .dialect { dialect in
                switch dialect {
                case .sqlite: SQL(text: "-bm25(") + SQL([.column(words, words.table)]) + ")"
                case .postgreSQL:
                    SQL(text: "ts_rank(") + SQL([.column(table, "search_vector")]) + ", " + query + ")"
                }
            },
            type: .double,
            isNullable: false,
            isDescending: true,
            nulls: .last
        )
    }

    /// A piece of a column with marks around what was found.
    func snippet(of column: String) -> SQL {
        guard let index = self.searched.firstIndex(of: column), !self.terms.isEmpty else { return "NULL" }
        let (table, words, language) = (self.table, self.words, self.language.rawValue)
        // The text still has its accents; what was typed with them is marked there too.
        let typed = self.tsquery(.value(.text(self.terms.tsquery)))
        let query = self.hasAccents ? self.tsquery + " || " + typed : typed
        let (start, end) = Snippet.marks
        return .dialect { dialect in
            switch dialect {
            case .sqlite:
                return SQL(text: "snippet(") + SQL([.column(words, words.table)])
                    + SQL(text: ", \(index), ") + .value(.text(String(start))) + ", " + .value(.text(String(end)))
                    + ", '…', 24)"
            case .postgreSQL:
                let options = "StartSel=\(start), StopSel=\(end), MaxWords=24, MinWords=12, MaxFragments=1"
                return SQL(text: "ts_headline('\(language)', ") + SQL([.column(table, column)]) + ", "
                    + query + ", " + .value(.text(options)) + ")"
            }
        }
    }
}
