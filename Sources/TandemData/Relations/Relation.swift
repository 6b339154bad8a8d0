// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What leads from rows of one model to rows of another, and loads them all in one query.
public protocol Relation<Root, Result>: Sendable {
    /// The model that it leads from.
    associatedtype Root: Model
    /// What each row of it has: a row, perhaps none, or several.
    associatedtype Result: Sendable

    /// Loads what each of the rows has, in their order, by one query however many there are.
    ///
    /// - Throws: `DatabaseError`.
    func load(for rows: [Root], in db: Database) async throws -> [Result]
}
