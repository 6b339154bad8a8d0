// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

extension PackagePage {
    /// The page of a package, with a form that somebody may have filled in already.
    ///
    /// A name that packages only ask for, or provide, has a page too.
    static func load(
        _ name: String,
        form: ReviewForm = ReviewForm(),
        from db: Database
    ) async throws -> PackagePage {
        guard let package = try await db.first(Package.self, name) else {
            return try await self.virtual(name, from: db)
        }
        let dependencies = try await db.select(PackageDependency.self)
            .where { $0.packageName == name }
            .order {
                $0.position
                $0.alternative
            }
            .all()
        let needing = try await Dependents.load(of: name, [.depends, .preDepends], from: db)
        let versions = try await db.versions(of: package)
        let reviews = try await db.reviews(of: package).limit(50).all()
        return PackagePage(
            frame: PageFrame(title: "\(name) · Depot", notice: try await db.catalogueState().notice),
            name: name,
            path: PageAddress.package(name),
            summary: package.summary,
            rating: RatingPart(sum: package.ratingSum, count: package.reviewCount),
            isVirtual: false,
            facts: Self.facts(of: package),
            section: PageLink(label: package.sectionName, path: PageAddress.section(package.sectionName)),
            homepage: package.homepage ?? "",
            description: DescriptionText.blocks(of: package.description).map(DescriptionPart.init),
            tags: package.tags,
            dependencies: DependencyGroup.groups(of: dependencies),
            dependents: needing.links,
            dependentCount: needing.text,
            versions: versions.map { VersionPart($0, isLatest: $0.number == package.version) },
            reviews: reviews.map { ReviewPart($0) },
            form: form
        )
    }

    /// The page of a name that no package has.
    private static func virtual(_ name: String, from db: Database) async throws -> PackagePage {
        let providers = try await Dependents.load(of: name, [.provides], from: db)
        let needing = try await Dependents.load(of: name, [.depends, .preDepends, .recommends, .suggests], from: db)
        guard providers.count + needing.count > 0 else { throw DepotError.noSuchPackage }
        let entries = providers.links.map {
            DependencyEntry(alternatives: [
                DependencyPart(targetName: $0.label, targetPath: $0.path, condition: "", isFurther: false)
            ])
        }
        return PackagePage(
            frame: PageFrame(title: "\(name) · Depot", notice: try await db.catalogueState().notice),
            name: name,
            path: PageAddress.package(name),
            summary: providers.count > 0 ? "A name that other packages stand for" : "Not in this catalogue",
            rating: RatingPart(sum: 0, count: 0),
            isVirtual: true,
            facts: [],
            section: PageLink(label: "", path: ""),
            description: [],
            tags: [],
            dependencies: entries.isEmpty ? [] : [DependencyGroup(label: "Provided by", entries: entries)],
            dependents: needing.links,
            dependentCount: needing.text,
            versions: [],
            reviews: [],
            form: ReviewForm()
        )
    }

    private static func facts(of package: Package) -> [Fact] {
        var facts = [Fact(label: "Version", value: package.version)]
        facts.append(Fact(label: "Priority", value: package.priority.rawValue))
        facts.append(Fact(label: "Architecture", value: package.architecture))
        if let size = package.downloadSize { facts.append(Fact(label: "Download", value: size.asSize)) }
        if let size = package.installedSize { facts.append(Fact(label: "Installed", value: size.asSize)) }
        if !package.maintainer.isEmpty { facts.append(Fact(label: "Maintainer", value: package.maintainer)) }
        return facts
    }
}

/// Some of the packages that need another, and how many there are.
struct Dependents {
    var count: Int
    var links: [PageLink]

    private static let most = 60

    var text: String {
        let all = "\(self.count.grouped) \(self.count == 1 ? "package needs" : "packages need") it"
        return self.count > self.links.count ? "\(all); here are \(self.links.count) of them." : "\(all)."
    }

    static func load(of name: String, _ kinds: [DependencyKind], from db: Database) async throws -> Dependents {
        let names = db.select(PackageDependency.self)
            .where {
                $0.targetName == name
                $0.kind.isIn(kinds)
            }
            .columns { $0.packageName }
            .distinct()
        let some = try await names.order { $0.packageName }.limit(Self.most).all()
        let count = some.count < Self.most ? some.count : try await names.count()
        return Dependents(count: count, links: some.map { PageLink(label: $0, path: PageAddress.package($0)) })
    }
}

extension DependencyGroup {
    /// The groups of a package's dependencies, which are in order.
    fileprivate static func groups(of dependencies: [PackageDependency]) -> [DependencyGroup] {
        DependencyKind.allCases.compactMap { kind in
            var entries: [DependencyEntry] = []
            for dependency in dependencies where dependency.kind == kind {
                let part = DependencyPart(
                    targetName: dependency.targetName,
                    targetPath: PageAddress.package(dependency.targetName),
                    condition: dependency.condition ?? "",
                    isFurther: dependency.alternative > 0
                )
                if dependency.alternative > 0, !entries.isEmpty {
                    entries[entries.count - 1].alternatives.append(part)
                } else {
                    entries.append(DependencyEntry(alternatives: [part]))
                }
            }
            return entries.isEmpty ? nil : DependencyGroup(label: kind.label, entries: entries)
        }
    }
}

extension DependencyKind {
    /// What people call it.
    fileprivate var label: String {
        switch self {
        case .preDepends: "Needs before it is unpacked"
        case .depends: "Depends on"
        case .recommends: "Recommends"
        case .suggests: "Suggests"
        case .enhances: "Enhances"
        case .provides: "Provides"
        }
    }
}

extension VersionPart {
    fileprivate init(_ version: PackageVersion, isLatest: Bool) {
        self.init(
            number: version.number,
            architecture: version.architecture,
            installedSize: version.installedSize?.asSize ?? "",
            downloadSize: version.downloadSize?.asSize ?? "",
            isLatest: isLatest
        )
    }
}
