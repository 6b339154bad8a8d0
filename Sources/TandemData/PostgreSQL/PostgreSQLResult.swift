// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL

/// What a statement brought: its rows, or how many it changed.
final class PostgreSQLResult: Sendable {
    private let object: LibpqObject
    var pointer: OpaquePointer { self.object.pointer }

    /// Takes over a result of libpq's.
    init(_ pointer: OpaquePointer) {
        self.object = LibpqObject(pointer: pointer)
    }

    deinit { PQclear(self.pointer) }

    var rowCount: Int { Int(PQntuples(self.pointer)) }

    /// How many rows were inserted, updated or deleted.
    var changed: Int { tandem_pq_changed(self.pointer) }

    /// What was done, such as `COMMIT`.
    var tag: String { String(cString: PQcmdStatus(self.pointer)) }

    /// How much memory it takes.
    var size: Int { PQresultMemorySize(self.pointer) }

    /// Reads every row.
    func forEachRow(_ body: (inout RowReader) throws -> Void) throws {
        let rows = PostgreSQLRows(self)
        for row in 0..<PQntuples(self.pointer) {
            rows.row = row
            var reader = RowReader(rows)
            try body(&reader)
        }
    }
}
#endif
