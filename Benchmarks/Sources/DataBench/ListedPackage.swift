// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// A package as a page of the list shows it: with its section.
@Schema struct ListedPackage {
    var id: Int64
    var name: String
    var version: String
    var priority: Package.Priority
    var size: Int
    var installed: Int?
    var essential: Bool
    var score: Double
    var summary: String
    var section: Section

    init(_ package: Package, _ section: Section) {
        self.id = package.id
        self.name = package.name
        self.version = package.version
        self.priority = package.priority
        self.size = package.size
        self.installed = package.installed
        self.essential = package.essential
        self.score = package.score
        self.summary = package.summary
        self.section = section
    }
}
