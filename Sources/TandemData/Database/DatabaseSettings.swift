// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Where a database is, and how it is used.
public struct DatabaseSettings: Sendable {
    /// Where it is: `sqlite:depot.sqlite`, `sqlite:///var/lib/depot.sqlite`, `sqlite::memory:`, or
    /// `postgres://user:password@host:5432/name`.
    public var url: String
    /// How SQLite is used, where the URL is one of its own.
    public var sqlite = SQLiteSettings()
    #if PostgreSQL
    /// How PostgreSQL is used, where the URL is one of its own; the URL that it names itself does not count.
    public var postgreSQL = PostgreSQLSettings(url: "")
    #endif

    /// Settings of a database by its URL; the rest by itself.
    public init(url: String) {
        self.url = url
    }

    /// What opens it.
    func driver() throws(DatabaseError) -> OpenedOnUse {
        let (scheme, rest) = self.parts
        switch scheme {
        case "sqlite" where !rest.isEmpty:
            return OpenedOnUse(.sqlite) { [sqlite] in try await SQLiteDriver(path: rest, settings: sqlite) }
        case "postgres", "postgresql":
            #if PostgreSQL
            var settings = self.postgreSQL
            settings.url = self.url
            return OpenedOnUse(.postgreSQL) { [settings] in try await PostgreSQLDriver.connect(settings) }
            #else
            throw DatabaseError(.storage, "This program was built without PostgreSQL: add the trait PostgreSQL.")
            #endif
        default:
            // The URL itself is not told: it may hold a password.
            throw DatabaseError(
                .storage,
                "A database's URL begins with sqlite: or postgres://, such as sqlite:app.sqlite; this one does not."
            )
        }
    }

    /// The scheme, and for SQLite the path: `sqlite:a`, `sqlite://a` and `sqlite:///a` are a, a and /a.
    private var parts: (scheme: String, rest: String) {
        guard let colon = self.url.firstIndex(of: ":") else { return ("", "") }
        let rest = self.url[self.url.index(after: colon)...]
        return (self.url[..<colon].lowercased(), String(rest.hasPrefix("//") ? rest.dropFirst(2) : rest))
    }
}
