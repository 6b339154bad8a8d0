// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// A package in a list.
@Schema struct ListedPackage {
    @Example("0ad") var name: String
    /// What it is, in one line.
    var summary: String
    /// The latest version.
    var version: String
    var architecture: String
    var priority: Priority
    var section: Section
    /// What it takes when it is installed, in bytes.
    var installedSize: Int64?
    /// How many packages cannot do without it.
    var dependentCount: Int
    var reviewCount: Int
    /// The mean of the reviews' ratings, from 1 to 5.
    var rating: Double?

    init(_ package: Package, in section: Section) {
        self.name = package.name
        self.summary = package.summary
        self.version = package.version
        self.architecture = package.architecture
        self.priority = package.priority
        self.section = section
        self.installedSize = package.installedSize
        self.dependentCount = package.dependentCount
        self.reviewCount = package.reviewCount
        self.rating = package.rating
    }
}
