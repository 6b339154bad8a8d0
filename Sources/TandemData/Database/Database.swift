// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A database, or a transaction in it: what models are read from and written to.
///
/// ```swift
/// let db = try await Database(url: "sqlite:depot.sqlite")
/// let ticket = try await db.find(Ticket.self, 7)
/// ```
public struct Database: Sendable {
    package let driver: any DatabaseDriver

    package init(_ driver: any DatabaseDriver) {
        self.driver = driver
    }
}
