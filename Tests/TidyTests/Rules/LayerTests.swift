// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("The arrows between targets point down only")
struct LayerTests {
    /// The targets of Sources, from the ground up; a target depends on lower layers alone.
    static let layers: [Set<String>] = [
        [
            "CTandemCodecs", "CTandemEpoll", "CTandemHiredis", "CTandemPostgreSQL", "CTandemSQLite", "CTandemSystem",
            "CTandemZlib", "TandemMacros",
        ],
        ["TandemHTTP", "TandemRedis", "TandemSchema", "TandemSockets"],
        ["TandemAPI", "TandemData", "TandemFuzzing", "TandemServer"],
        ["TandemHTML", "TandemRealtime"],
        ["Tandem"],
        ["TandemCommand", "TandemTesting"],
    ]
    /// The modules that open sockets, and the targets that may import them: one listens, one connects.
    static let sockets: Set = ["NIOPosix", "NIOSSL", "NIOHTTP2", "NIOHPACK"]
    static let socketTargets: Set = ["TandemServer", "TandemRedis"]
    /// The modules of others that may stand in a target's public declarations: what users of the server hold anyway.
    static let publicImports: [String: Set<String>] = [
        "Tandem": ["ServiceLifecycle"],
        "TandemData": ["FoundationEssentials"],
        "TandemSchema": ["FoundationEssentials"],
        "TandemServer": [
            "CoreMetrics", "Instrumentation", "Logging", "Metrics", "ServiceContextModule", "ServiceLifecycle",
            "Tracing",
        ],
    ]

    private let manifest: Manifest

    init() throws {
        self.manifest = Manifest(try #require(Repository.swift.first { $0.path == "Package.swift" }))
    }

    private func layer(of target: Manifest.Target) -> Int? {
        Self.layers.firstIndex { $0.contains(target.name) }
    }

    /// The targets of Sources.
    private var products: [Manifest.Target] {
        self.manifest.targets.filter { target in
            Repository.files.contains { $0.path.hasPrefix("Sources/\(target.name)/") }
        }
    }

    @Test("Every folder of Sources is a target with a layer")
    func known() {
        let folders = Set(
            Repository.files.filter { $0.path.hasPrefix("Sources/") }.compactMap { file in
                file.path.split(separator: "/").dropFirst().first.map(String.init)
            }
        )
        #expect(folders == Set(self.products.map(\.name)))
        expectNone(
            self.products.filter { self.layer(of: $0) == nil }.map {
                Finding("Package.swift", "`\($0.name)` has no layer; put it where it belongs in LayerTests.layers")
            }
        )
    }

    @Test("A target depends on lower layers alone")
    func arrows() {
        var arrows = 0
        for target in self.products {
            for other in self.products where target.depends(on: other) {
                guard let above = self.layer(of: target), let below = self.layer(of: other) else { continue }
                #expect(below < above, "\(target.name) depends on \(other.name), which is not below it")
                arrows += 1
            }
        }
        #expect(arrows > 1, "the manifest is not understood")
    }

    @Test("Only those that are named open sockets")
    func onlyTheNamedOpenSockets() {
        expectNone(
            Repository.sources.filter { !Self.socketTargets.contains($0.target) }.flatMap { file in
                file.imports.filter { Self.sockets.contains($0.module) }.map {
                    Finding(file.path, line: $0.line, "imports \($0.module), as only the named may")
                }
            }
        )
    }

    @Test("No type of a dependency stands in a public declaration, but of those listed")
    func publicDeclarations() {
        // The compiler does the rest: without a public import, no public declaration can name a module's types.
        let own = Set(self.products.map(\.name))
        expectNone(
            Repository.sources.flatMap { file in
                let allowed = own.union(Self.publicImports[file.target] ?? [])
                return file.imports.filter { $0.access == "public" && !allowed.contains($0.module) }.map {
                    Finding(file.path, line: $0.line, "`public import \($0.module)`: keep it out of the public API")
                }
            }
        )
        #expect(!self.publicModules.contains { $0.hasPrefix("NIO") })
    }

    private var publicModules: Set<String> { Self.publicImports.values.reduce(into: []) { $0.formUnion($1) } }

    @Test("Imports are internal unless they say otherwise, and Sources do without Foundation")
    func imports() throws {
        let manifest = try Repository.file("Package.swift").text
        #expect(manifest.contains("InternalImportsByDefault"))
        expectNone(
            Repository.sources.flatMap { file in
                file.imports.filter { $0.module == "Foundation" }.map {
                    Finding(file.path, line: $0.line, "imports Foundation, which costs every program megabytes")
                }
            }
        )
    }
}

extension SwiftFile {
    /// The target of a file of Sources.
    fileprivate var target: String {
        self.path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    }
}
