// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Logging
public import TandemAPI
public import TandemData
public import TandemServer

/// How an application is set up.
public struct Configuration: Sendable {
    /// How the server listens, what it allows, and how it ends.
    public var server = ServerConfiguration()
    /// Where the documentation is, and what it says of the application; `nil` for nowhere.
    public var documentation: DocumentationSettings? = DocumentationSettings()
    /// Where `App.database` finds the database; a file beside the program by itself.
    public var database = DatabaseSettings(url: "sqlite:app.sqlite")
    /// Whether its migrations are applied when the application starts.
    public var migratesAtStart = true
    /// Where the application says how it starts and ends.
    var logger = Logger(label: "tandem")
    /// What could not be understood of what it was read from.
    var mistakes: [String] = []

    /// The defaults, without a look at the environment.
    public init() {}

    /// Throws what could not be understood, all at once.
    func check() throws(ConfigurationError) {
        if !self.mistakes.isEmpty { throw ConfigurationError(mistakes: self.mistakes) }
    }
}

/// Settings that cannot be understood.
public struct ConfigurationError: Error, CustomStringConvertible {
    let mistakes: [String]

    /// Each setting, what it is, and what it should be.
    public var description: String { self.mistakes.joined(separator: "\n") }
}
