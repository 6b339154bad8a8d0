// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import Tandem
import TandemHTML

/// A help desk: tickets that anybody opens and agents answer, in memory.
///
/// Agents say who they are by a token: `authorization: Bearer ada`.
package struct Helpdesk: Application {
    /// How long one stream of changes lasts.
    var streamLifetime = Duration.seconds(60)

    package init() {}

    package var configuration: Configuration {
        var configuration = Configuration.fromEnvironment()
        configuration.documentation?.info = OpenAPIDocument.Info(
            title: "Helpdesk",
            version: "1.0.0",
            description: "Tickets that anybody opens and agents answer."
        )
        return configuration
    }

    package func build(_ app: App) throws {
        app.use(RequestID(), SecurityHeaders(), Compression())
        app.get("/") { _ in Redirect(to: "/docs") }
        try app.files("/assets", directory: "\(Self.folder)/Assets")
        let templates = try Templates(directory: "\(Self.folder)/Templates")
        try app.add(Support(store: TicketStore(), templates: templates, streamLifetime: self.streamLifetime))
    }

    /// Where its files are, from the folder of the repository.
    private static let folder = "Examples/Helpdesk"
}

/// The support module: its endpoints share a store.
struct Support: Module {
    let store: TicketStore
    let templates: Templates
    let streamLifetime: Duration

    func build(_ routes: Routes) {
        routes.provide(self.store)
        routes.mount(Tickets())
        routes.mount(Attachments())
        routes.mount(Changes(lifetime: self.streamLifetime))
        routes.mount(Board(templates: self.templates))
    }

    func start() async throws {
        await self.store.open(TicketDraft(subject: "The printer is on fire", body: "It is, really.", priority: .high))
        await self.store.open(TicketDraft(subject: "No coffee", body: "The machine asks for beans."))
    }
}
