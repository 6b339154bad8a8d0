// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// A statement as it is sent.
struct PostgreSQLCommand: Sendable {
    let text: StatementText
    let parameters: StatementParameters
    /// Whether it may be prepared and kept.
    let isKept: Bool
    var fingerprint: Int { self.text.fingerprint }

    /// One with values.
    ///
    /// - Throws: `DatabaseError` with the code `invalidValue` where one of them has no form in PostgreSQL.
    init(_ statement: Statement) throws(DatabaseError) {
        self.text = StatementText(statement.text)
        self.parameters = try StatementParameters(statement.values)
        self.isKept = true
    }

    /// One that opens a cursor for the rows of another.
    init(cursor name: String, for statement: Statement) throws(DatabaseError) {
        self.text = StatementText("DECLARE \(name) NO SCROLL CURSOR FOR \(statement.text)")
        self.parameters = try StatementParameters(statement.values)
        self.isKept = false
    }

    /// One of our own, without values, that is not kept.
    init(_ text: String) {
        self.text = StatementText(text)
        self.parameters = .none
        self.isKept = false
    }
}

/// Commands that are on their way, and who waits for the last one's result.
struct PostgreSQLRequest: Sendable {
    typealias Completion = @Sendable (Result<PostgreSQLResult, DatabaseError>) -> Void

    let ticket: UInt64
    let began: ContinuousClock.Instant
    /// Nil where nobody waits any more.
    var completion: Completion?
    /// The last command's prepared statement.
    var prepared: (text: StatementText, name: String)?
    /// How many answers come before the last command's.
    var ahead = 0
    var outcome: Result<PostgreSQLResult, DatabaseError>?
}
#endif
