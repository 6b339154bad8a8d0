// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
public import TandemData

extension App {
    /// The database that the configuration names, for an application with models.
    ///
    /// ```swift
    /// func build(_ app: App) throws {
    ///     let db = try app.database(Ticket.self, Customer.self)
    ///     app.mount(Tickets(db: db))
    /// }
    /// ```
    /// It is opened when the application starts, before modules that are added later, and closed at its end. Its
    /// migrations are applied then, unless `DATABASE_MIGRATES` says no. Endpoints can ask for it by a parameter of the
    /// type `Database`. The commands `migrate`, `inspect` and `backup` work on it.
    ///
    /// - Parameters:
    ///   - models: The models whose tables it has.
    ///   - migrations: The folder of the migrations, from the working folder.
    /// - Returns: The database, not opened yet.
    /// - Throws: `DatabaseError` where the configuration's URL is none; `SecondDatabase` where there is one already.
    public func database(
        _ models: any Model.Type...,
        migrations: String = "Migrations"
    ) throws -> Database {
        guard self.storage == nil else { throw SecondDatabase() }
        let database = try Database(self.configuration.database)
        let storage = ApplicationStorage(
            database: database,
            migrator: Migrator(database, folder: migrations, models: models),
            migratesAtStart: self.configuration.migratesAtStart
        )
        self.storage = storage
        self.provide(database)
        try self.add(StorageModule(storage: storage))
        return database
    }
}

/// An application that asks for its database twice.
public struct SecondDatabase: Error, CustomStringConvertible {
    /// What to do instead.
    public var description: String {
        "The application has its database already: pass on what `app.database` returned. Open others by `Database(url:)`."
    }
}
