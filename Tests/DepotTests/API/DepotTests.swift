// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@testable import Depot

@Suite("The depot")
struct DepotTests {
    /// The sample in a database in memory.
    static func depot(_ database: String = "sqlite::memory:") -> Depot {
        var depot = Depot()
        depot.index = .file("\(Tool.root)/Examples/Depot/Data/sample.control")
        depot.database = database
        return depot
    }

    private let review = ReviewDraft(author: "Ada", rating: 5, title: "Elephants!", text: "They trample everything.")

    @Test("Packages are searched, filtered, sorted and paged")
    func list() async throws {
        try await Self.depot().app().test { client async throws in
            let all: Paged<ListedPackage> = try await client.get("/packages?size=3").json()
            #expect(all.total == 1_785)
            #expect(all.items.map(\.name) == all.items.map(\.name).sorted())
            let found: Paged<ListedPackage> = try await client.get("/packages?q=ancient+warfare+strat").json()
            #expect(found.items.contains { $0.name == "0ad" })
            let games: Paged<ListedPackage> = try await client.get("/packages?section=games&sort=size&size=5").json()
            #expect(games.items.allSatisfy { $0.section.name == "games" })
            let sizes = games.items.compactMap(\.installedSize)
            #expect(sizes == sizes.sorted(by: >))
            #expect(games.total == games.items.first?.section.packageCount)
            #expect(try await client.get("/packages?size=101&priority=highest").problem?.errors.count == 2)
            let needed: Paged<ListedPackage> = try await client.get("/packages?sort=needed&size=2").json()
            #expect((needed.items.first?.dependentCount ?? 0) > 100)
        }
    }

    @Test("A package has versions, dependencies and dependents")
    func relations() async throws {
        try await Self.depot().app().test { client async throws in
            let package: Package = try await client.get("/packages/0ad").json()
            #expect(package.version == "0.0.26-3" && package.sectionName == "games")
            let text = try await client.get("/packages/0ad").text
            #expect(!text.contains("fingerprint") && !text.contains("ratingSum"))
            let versions: [PackageVersion] = try await client.get("/packages/0ad/versions").json()
            #expect(versions.map(\.number) == ["0.0.26-3"])
            let needs: [PackageDependency] = try await client.get("/packages/0ad/dependencies?kind=pre-depends").json()
            #expect(needs.map(\.targetName) == ["dpkg"] && needs.map(\.condition) == [">= 1.15.6~"])
            let dependents: Paged<PackageDependency> = try await client.get("/packages/libc6/dependents?size=5").json()
            #expect(dependents.total > 100 && dependents.items.allSatisfy { $0.targetName == "libc6" })
            #expect(try await client.get("/packages/no-such/versions").problem?.code == "no-such-package")
            #expect(try await client.get("/sections/no-such").problem?.code == "no-such-section")
        }
    }

    @Test("An author reviews a package once, and the package counts it")
    func reviews() async throws {
        try await Self.depot().app().test { client async throws in
            let created = try await client.post("/packages/0ad/reviews", json: self.review)
            #expect(created.status == .created)
            let again = try await client.post("/packages/0ad/reviews", json: self.review)
            #expect(again.status == .conflict && again.problem?.code == "reviewed-already")
            var other = self.review
            other.author = "Grace"
            other.rating = 2
            #expect(try await client.post("/packages/0ad/reviews", json: other).status == .created)
            let package: Package = try await client.get("/packages/0ad").json()
            #expect(package.reviewCount == 2 && package.rating == 3.5)
            let reviews: Paged<Review> = try await client.get("/packages/0ad/reviews").json()
            #expect(reviews.items.map(\.author) == ["Grace", "Ada"])
            other.rating = 6
            other.title = " "
            #expect(try await client.post("/packages/0ad/reviews", json: other).problem?.errors.count == 2)
            #expect(try await client.post("/packages/none/reviews", json: self.review).status == .notFound)
        }
    }

    @Test("The pages show text as text, and a browser gets pages for errors")
    func pages() async throws {
        let browser: Headers = ["accept": "text/html,application/xhtml+xml"]
        try await Self.depot().app().test { client async throws in
            let form: FormFields = ["author": "<i>", "rating": "4", "title": "<script>", "text": "\"&"]
            let path = "/catalogue/0ad"
            #expect(try await client.post("\(path)/reviews", form: form).headers["location"] == "\(path)#reviews")
            let page = try await client.get(path).text
            #expect(page.contains("&lt;script&gt;") && !page.contains("<script>"))
            let home = try await client.get("/").text
            #expect(home.contains("1,785") && home.contains("&lt;script&gt;"))
            let missing = try await client.get("/catalogue/no-such-package", headers: browser)
            #expect(missing.status == .notFound && missing.text.contains("<h1>There is no such page</h1>"))
            let refused = try await client.post("\(path)/reviews", form: ["author": "Eve"], headers: browser)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("Choose the rating.") && refused.text.contains("value=\"Eve\""))
        }
    }

    @Test("The migrations say what the models say")
    func migrations() async throws {
        let db = try Database(url: "sqlite::memory:")
        let migrator = Migrator(db, folder: "\(Tool.root)/Examples/Depot/Migrations", models: ImporterTests.models)
        try await migrator.up()
        #expect(try await migrator.check() == [])
    }
}
