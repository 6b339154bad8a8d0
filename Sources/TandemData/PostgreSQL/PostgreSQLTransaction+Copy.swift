// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
extension PostgreSQLTransaction {
    func insert(
        into table: Table,
        columns: [TableColumn],
        count: Int,
        write: @escaping @Sendable (_ row: Int, _ values: inout RowWriter) -> Void
    ) async throws {
        if count <= 0 { return }
        try await self.beginNow()
        let names = columns.map(\.name.quotedName).joined(separator: ", ")
        try await self.connection.beginCopy("COPY \(table.name.quotedName) (\(names)) FROM STDIN")
        let rows = CopyText()
        for row in 0..<count {
            var writer = RowWriter(rows)
            write(row, &writer)
            rows.endRow()
            let failure = rows.failure ?? (Task.isCancelled ? .abandoned : nil)
            if let failure {
                try? await self.connection.endCopy(failure: "given up by the client")
                throw failure
            }
            // Some at a time, each once the system has taken the last.
            if rows.bytes.count >= 1 << 16 { try await self.connection.copy(rows.take()) }
        }
        if !rows.bytes.isEmpty { try await self.connection.copy(rows.take()) }
        try await self.connection.endCopy()
    }
}
#endif
