// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// One package that another needs, or gets along with.
@Model("package_dependencies")
@Index("targetName", "kind", "packageName")
struct PackageDependency: Equatable {
    @ID @Reference(Package.self, onDelete: .cascade, as: "package") var packageName: Package.ID
    /// Which of what the package needs it is, counted from 0.
    @ID var position: Int
    /// Those of one position do instead of each other, the first is preferred.
    @ID var alternative: Int
    var kind: DependencyKind
    /// The package that is needed; it may be a name that others provide.
    var targetName: String
    /// Which versions of it will do: `>= 2.36`.
    @Example(">= 2.36") var condition: String?
}
