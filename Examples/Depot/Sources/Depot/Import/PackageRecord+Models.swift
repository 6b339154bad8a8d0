// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

extension PackageRecord {
    /// The package that this version describes.
    var package: Package {
        Package(
            name: self.name,
            summary: self.summary,
            description: self.description,
            sectionName: self.section,
            priority: self.priority,
            architecture: self.architecture,
            version: self.version,
            maintainer: self.maintainer,
            homepage: self.homepage,
            tags: self.tags,
            installedSize: self.installedSize,
            downloadSize: self.downloadSize,
            fingerprint: self.fingerprint
        )
    }

    var packageVersion: PackageVersion {
        PackageVersion(
            packageName: self.name,
            number: self.version,
            architecture: self.architecture,
            installedSize: self.installedSize,
            downloadSize: self.downloadSize,
            fingerprint: self.fingerprint
        )
    }

    /// What the package needs, kind by kind in the order of their weight.
    var packageDependencies: [PackageDependency] {
        var dependencies: [PackageDependency] = []
        var position = 0
        for kind in DependencyKind.allCases {
            for relation in self.relations[kind] ?? [] {
                for (alternative, target) in relation.alternatives.enumerated() {
                    dependencies.append(
                        PackageDependency(
                            packageName: self.name,
                            position: position,
                            alternative: alternative,
                            kind: kind,
                            targetName: target.name,
                            condition: target.condition?.description
                        )
                    )
                }
                position += 1
            }
        }
        return dependencies
    }
}
