// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemData

@Suite("The collation DECIMAL compares by value")
struct DecimalCollationTests {
    /// In order, equal ones in one place.
    static let ordered: [[String]] = [
        ["-100000000000000000000000000000000000000000000000000.5"], ["-20", "-20.0", "-020"], ["-1.51"],
        ["-1.5", "-1.50"], ["-.5", "-0.5"], ["0", "-0", "+0", "0.000", "00", ".0", "0."], ["0.00001"], ["0.5", ".5"],
        ["1", "+1", "1.0", "01."], ["1.00000000000000000000000000000000000000000000000001"], ["9"], ["10"],
        ["99999999999999999999999999999999999999999999999998"], ["99999999999999999999999999999999999999999999999999"],
        [""], ["+"], ["-"], ["."], ["1.2.3"], ["1e3"], ["abc"],
    ]

    @Test("Any two are in order")
    func order() {
        for (i, first) in Self.ordered.enumerated() {
            for (j, second) in Self.ordered.enumerated() {
                for a in first {
                    for b in second {
                        let order = DecimalCollation.compare(Array(a.utf8).span, Array(b.utf8).span)
                        #expect(order.signum() == (i - j).signum(), "\(a) \(b)")
                    }
                }
            }
        }
    }

    @Test("It orders, finds and keeps unique")
    func inUse() async throws {
        try await SQLiteFile.opened(["CREATE TABLE t (a TEXT COLLATE DECIMAL UNIQUE) STRICT"]) { db, _ in
            for text in ["10", "9", "-3", "1.5"] { try await db.run("INSERT INTO t VALUES (?1)", .text(text)) }
            #expect(try await db.texts("SELECT a FROM t ORDER BY a") == ["-3", "1.5", "9", "10"])
            #expect(try await db.texts("SELECT a FROM t WHERE a > ?1", .text("2.000")) == ["9", "10"])
            let error = await databaseError { try await db.run("INSERT INTO t VALUES (?1)", .text("1.500")) }
            #expect(error?.code == .uniqueViolation)
        }
    }
}
