// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The names that both databases take for tables and columns.
enum ModelName {
    /// The columns that every table of PostgreSQL has.
    private static let system: Set = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"]

    /// Refuses what one of the databases would refuse, or cut off.
    static func check(_ name: String, at node: some SyntaxProtocol) throws(Mistake) {
        if name.isEmpty { throw Mistake("the name is empty", at: node) }
        if name.contains("\0") { throw Mistake("a name in a database has no NUL in it", at: node) }
        if name.utf8.count > 63 {
            throw Mistake("\"\(name)\" has \(name.utf8.count) bytes; PostgreSQL takes names of 63", at: node)
        }
    }

    /// Refuses a name that a table cannot have.
    static func checkTable(_ name: String, at node: some SyntaxProtocol) throws(Mistake) {
        try self.check(name, at: node)
        if name.lowercased().hasPrefix("sqlite_") {
            throw Mistake("SQLite keeps names that begin with \"sqlite_\" for itself", at: node)
        }
    }

    /// Refuses a name that a column cannot have.
    static func checkColumn(_ name: String, at node: some SyntaxProtocol) throws(Mistake) {
        try self.check(name, at: node)
        if self.system.contains(name.lowercased()) {
            throw Mistake("PostgreSQL has a column \"\(name)\" in every table; give another name by @Column", at: node)
        }
    }
}
