// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An application as a type, for `@main` and for tests, which make one each.
/// ```swift
/// @main struct Helpdesk: Application {
///     var configuration = Configuration.fromEnvironment()
///
///     func build(_ app: App) throws {
///         app.mount(Tickets())
///     }
/// }
/// ```
public protocol Application {
    /// An application with nothing done yet.
    init()

    /// How it is set up; from the environment unless said otherwise.
    var configuration: Configuration { get }

    /// Adds what it answers.
    func build(_ app: App) throws
}

extension Application {
    /// From the environment.
    public var configuration: Configuration { .fromEnvironment() }

    /// The application, built.
    ///
    /// - Throws: What building it throws.
    public func app() throws -> App {
        let app = App(self.configuration)
        try self.build(app)
        return app
    }

    /// Builds it and runs it by the arguments of the command line, as `App.run()` does.
    ///
    /// What building it throws is said in a line too, and ends the process.
    @MainActor public static func main() async {
        await AppCommands.exitingOnError { try await Self().app().run(AppCommands.arguments) }
    }
}
