// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import Tandem
import TandemHTML

/// A software depot: the machine's own Debian package index as a catalogue, to be searched and reviewed.
package struct Depot: Application {
    /// Where the records come from; the machine's index, or the sample, where it is not said.
    var index: PackageIndex?
    /// Where the catalogue is kept; what `DATABASE_URL` says where it is not said.
    var database: String?

    package init() {
        self.index = Self.variable("DEPOT_INDEX").map(PackageIndex.file)
    }

    package var configuration: Configuration {
        var configuration = Configuration.fromEnvironment()
        configuration.documentation?.info = OpenAPIDocument.Info(
            title: "Depot",
            version: "1.0.0",
            description: "The packages of this machine's Debian index, and what people think of them."
        )
        if let database {
            configuration.database.url = database
        } else if Self.variable("DATABASE_URL") == nil {
            configuration.database.url = "sqlite:depot.sqlite"
        }
        return configuration
    }

    package func build(_ app: App) throws {
        let templates = try Templates(directory: "\(Self.folder)/Templates")
        app.use(RequestID(), SecurityHeaders(), Compression(), ErrorPages(templates: templates))
        let db = try app.database(
            Section.self,
            Package.self,
            PackageVersion.self,
            PackageDependency.self,
            Review.self,
            CatalogueState.self,
            migrations: "\(Self.folder)/Migrations"
        )
        let index = self.index
        try app.add(
            CatalogueModule(db) {
                let sample = "\(Self.folder)/Data/sample.control"
                if let index { return Importer(database: db, index: index) }
                return Importer(database: db, index: await PackageIndex.ofMachine(or: sample))
            }
        )
        app.mount(Packages())
        app.mount(Sections())
        app.mount(Pages(templates: templates))
        app.add(ReviewDesk(templates: templates).endpoint())
        try app.files("/assets", directory: "\(Self.folder)/Assets")
    }

    /// Where its files are, from the folder of the repository.
    private static let folder = "Examples/Depot"

    private static func variable(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
