// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
extension Database {
    /// What is sent by NOTIFY on a channel from now on, over a connection of its own that is made anew when it breaks.
    ///
    /// - Throws: `DatabaseError` where the server cannot be reached at first, or is none of PostgreSQL.
    package func notifications(on channel: String) async throws -> AsyncStream<PostgreSQLEvent> {
        try await self.postgreSQLDriver().notifications(on: channel)
    }

    /// Sends to all who listen on a channel; less than 8,000 bytes.
    ///
    /// - Throws: `DatabaseError`.
    package func notify(_ channel: String, _ payload: String) async throws {
        try await self.postgreSQLDriver().notify(channel, payload)
    }

    private func postgreSQLDriver() async throws -> PostgreSQLDriver {
        guard let driver = try await self.openedDriver() as? PostgreSQLDriver else {
            throw DatabaseError(.other, "LISTEN and NOTIFY are PostgreSQL's; this database is none of it.")
        }
        return driver
    }
}
#endif
