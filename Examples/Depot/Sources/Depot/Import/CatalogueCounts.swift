// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// The numbers that lists are ordered by, counted once an import rather than once a request.
enum CatalogueCounts {
    static func update(in database: Database) async throws {
        let sizes = try await database.select(Package.self)
            .group { $0.sectionName }
            .columns {
                $0.sectionName
                count()
            }
            .all()
        for (name, size) in sizes {
            try await database.update(Section.self).set(\.packageCount, to: size).where { $0.name == name }.run()
        }
        let filled = sizes.map(\.0)
        try await database.delete(Section.self).where { !$0.name.isIn(filled) }.run()
        try await database.update(Package.self)
            .set(\.dependentCount) { Self.dependents(of: $0.name) }
            .where { $0.dependentCount != Self.dependents(of: $0.name) }
            .run()
    }

    /// How many packages need the one of a name.
    private static func dependents(of name: SQLExpression<String>) -> SQLExpression<Int> {
        Select(PackageDependency.self)
            .where {
                $0.targetName == name
                $0.kind.isIn([DependencyKind.depends, .preDepends])
            }
            .columns { $0.packageName.countDistinct() }
            .value() ?? 0
    }
}
