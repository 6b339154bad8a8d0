# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Writes the application that is built: 100 types, 100 endpoints, in 20 groups of five each."""

import shutil
from pathlib import Path

from harness.paths import BUILD, ROOT

FOLDER = BUILD / "application"
SOURCES = FOLDER / "Sources" / "Depot"
GROUPS = 20

MANIFEST = f"""\
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Depot",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "tandem", path: "{ROOT}", traits: [])],
    targets: [.executableTarget(name: "Depot", dependencies: [.product(name: "Tandem", package: "tandem")])],
    swiftLanguageModes: [.v6]
)
"""

STORE = """\
import Tandem

struct Store: Dependency {
    static func resolve(for call: Call) async throws -> Store { Store() }

    func all<Value>(_ type: Value.Type) async -> [Value] { [] }

    func first<Value>(_ type: Value.Type, id: Int) async throws -> Value {
        guard let value = await self.all(type).first else { throw HTTPError(.notFound, "There is no \\(id).") }
        return value
    }
}
"""

PROPERTIES = (
    '/// What it is called.\n    @Length(1...120) @Example("Ada") var name: String',
    "@Length(1...2_000) var text: String?",
    "@Range(0...1_000) var count = 1",
    "var weight: Double",
    "var isOpen = false",
    "@Format(.email) var contact: String?",
    "@Items(...8) @Unique var tags: [String] = []",
    "var createdAt: Date",
    '/// In cents.\n    @Key("price-cents") @Range(0...1_000_000) var price: Int',
    "var parent: Int?",
)


def write() -> None:
    """Writes it anew; what was built of it stays."""
    shutil.rmtree(FOLDER / "Sources", ignore_errors=True)
    SOURCES.mkdir(parents=True)
    (FOLDER / "Package.swift").write_text(MANIFEST)
    shutil.copy(ROOT / "Examples" / "Hello" / "Package.resolved", FOLDER)
    (SOURCES / "Depot.swift").write_text(program())
    (SOURCES / "Store.swift").write_text(STORE)
    for group in range(GROUPS):
        types_file(group).write_text(types(group))
        endpoints_file(group).write_text(endpoints(group))


def types_file(group: int) -> Path:
    return SOURCES / f"Item{group}.swift"


def endpoints_file(group: int) -> Path:
    return SOURCES / f"Items{group}.swift"


def program() -> str:
    mounts = "\n".join(f"        app.mount(Items{group}())" for group in range(GROUPS))
    return f"""\
import Tandem

@main struct Depot: Application {{
    var configuration: Configuration {{ Configuration.fromEnvironment() }}

    func build(_ app: App) throws {{
{mounts}
    }}
}}
"""


def properties(first: int, count: int) -> str:
    return "\n    ".join(PROPERTIES[(first + each) % len(PROPERTIES)] for each in range(count))


def choice(group: int) -> str:
    """Two groups of five have a union, the others an enum of texts."""
    if group % 5 < 2:
        return f"""\
@Schema enum Kind{group} {{
    case bought(by: String, price: Int)
    case lent(to: String, days: Int? = nil)
    case lost
}}"""
    return f"@Schema enum Kind{group}: String {{\n    case small, medium, large\n}}"


def types(group: int) -> str:
    return f"""\
import FoundationEssentials
import Tandem

{choice(group)}

@Schema struct Part{group} {{
    {properties(group + 3, 6 + group % 5)}
}}

@Schema struct Draft{group} {{
    {properties(group, 6 + group % 3)}
    var kind: Kind{group}
    @Items(...20) var parts: [Part{group}] = []
}}

@Schema struct Item{group} {{
    var id: Int
    {properties(group + 5, 5 + group % 3)}
    var kind: Kind{group}?
    var main: Part{group}
}}

@Schema struct Filter{group} {{
    @Length(1...40) var name: String?
    @Range(0...1_000_000) var least: Int?
    var isOpen = true
    @Items(...4) var tag: [String] = []
    var weight: Double?
    @Range(1...100) var limit = 20
}}
"""


def endpoints(group: int) -> str:
    return f"""\
import Tandem

/// Items of group {group}.
@API("/items{group}") struct Items{group} {{
    /// List items.
    @GET func list(filter: Query<Filter{group}>, page: Int = 1, store: Store) async -> [Item{group}] {{
        Array(await store.all(Item{group}.self).prefix(filter.limit))
    }}

    /// Fetch one item.
    @GET("{{id}}") func get(id: Int, version: Header<String?> = Header(nil), store: Store) async throws -> Item{group} {{
        try await store.first(Item{group}.self, id: id)
    }}

    /// Add an item.
    @POST func create(_ draft: Draft{group}, store: Store) async throws -> Created<Item{group}> {{
        Created(try await store.first(Item{group}.self, id: 1), at: "/items{group}/1")
    }}

    /// Change an item.
    @PATCH("{{id}}") func change(id: Int, _ draft: Draft{group}, store: Store) async throws -> Item{group} {{
        try await store.first(Item{group}.self, id: id + draft.parts.count)
    }}

    /// Remove an item.
    @DELETE("{{id}}") func remove(id: Int, force: Bool = false, store: Store) async throws {{
        _ = try await store.first(Item{group}.self, id: id)
    }}
}}
"""
