// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

// A library that `Scripts/macros` has made of the macros, in seconds; where there is none they are built here, and
// swift-syntax with them, which takes minutes.
let prebuiltMacros = Context.environment["TANDEM_MACROS"].flatMap { $0.isEmpty ? nil : $0 }

// Debian's file for hiredis names a flag that SwiftPM warns of, and nothing that is needed there.
#if os(Linux)
let hiredisPackage: String? = nil
#else
let hiredisPackage: String? = "hiredis"
#endif

let package = Package(
    name: "tandem",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "Tandem", targets: ["Tandem"]),
        .library(name: "TandemTesting", targets: ["TandemTesting"]),
        .executable(name: "tandem", targets: ["TandemCommand"]),
        .library(name: "TandemSchema", targets: ["TandemSchema"]),
        .library(name: "TandemData", targets: ["TandemData"]),
        .library(name: "TandemHTTP", targets: ["TandemHTTP"]),
        .library(name: "TandemAPI", targets: ["TandemAPI"]),
        .library(name: "TandemHTML", targets: ["TandemHTML"]),
        .library(name: "TandemServer", targets: ["TandemServer"]),
        .library(name: "TandemRealtime", targets: ["TandemRealtime"]),
        .library(name: "TandemRedis", targets: ["TandemRedis"]),
        // What Fuzz/ calls; not for applications.
        .library(name: "TandemFuzzing", targets: ["TandemFuzzing"]),
    ],
    traits: [
        .trait(name: "TLS", description: "TLS 1.2 and 1.3 through swift-nio-ssl."),
        .trait(name: "HTTP2", description: "HTTP/2 through swift-nio-http2."),
        .trait(name: "PostgreSQL", description: "PostgreSQL through libpq."),
        .trait(name: "Redis", description: "Redis through hiredis and NIO."),
        .trait(name: "Mustache", description: "Pages by templates, through swift-mustache."),
        .default(enabledTraits: ["TLS", "HTTP2", "Mustache", "PostgreSQL", "Redis"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.0", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.0"),
    ],
    targets: [
        .target(name: "TandemSchema", dependencies: prebuiltMacros == nil ? ["TandemMacros"] : []),
        .target(
            name: "TandemHTTP",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                "CTandemZlib", "CTandemCodecs", "CTandemSystem",
            ]
        ),
        .target(
            name: "TandemServer",
            dependencies: [
                "TandemHTTP", "TandemSockets",
                .target(name: "CTandemEpoll", condition: .when(platforms: [.linux])),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio", condition: .when(traits: ["TLS"])),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
                .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: .when(traits: ["HTTP2"])),
                .product(name: "NIOHPACK", package: "swift-nio-http2", condition: .when(traits: ["HTTP2"])),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "TandemSockets",
            dependencies: [.target(name: "CTandemEpoll", condition: .when(platforms: [.linux]))]
        ),
        .target(name: "TandemAPI", dependencies: ["TandemHTTP", "TandemSchema"]),
        .target(
            name: "TandemData",
            dependencies: [
                "TandemSchema", "CTandemSQLite",
                .target(name: "TandemSockets", condition: .when(traits: ["PostgreSQL"])),
                .target(name: "CTandemPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
            ]
        ),
        .target(
            name: "TandemRedis",
            dependencies: [
                .target(name: "CTandemHiredis", condition: .when(traits: ["Redis"])),
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Redis"])),
            ]
        ),
        .target(
            name: "TandemRealtime",
            dependencies: ["TandemAPI", "TandemData", "TandemHTTP", "TandemRedis", "TandemSchema"]
        ),
        .target(
            name: "Tandem",
            dependencies: [
                "TandemAPI", "TandemData", "TandemHTTP", "TandemSchema", "TandemServer",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "TandemTesting",
            dependencies: ["Tandem", "TandemAPI", "TandemHTTP", "TandemSchema", "TandemServer"]
        ),
        .executableTarget(
            name: "TandemCommand",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]
        ),
        .target(
            name: "TandemHTML",
            dependencies: [
                "TandemAPI", "TandemSchema",
                .product(name: "Mustache", package: "swift-mustache", condition: .when(traits: ["Mustache"])),
            ]
        ),
        .target(
            name: "TandemFuzzing",
            dependencies: ["TandemHTTP", .product(name: "NIOCore", package: "swift-nio")]
        ),
        .systemLibrary(name: "CTandemZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CTandemSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite3"])]
        ),
        .systemLibrary(
            name: "CTandemPostgreSQL",
            pkgConfig: "libpq",
            providers: [.apt(["libpq-dev"]), .brew(["libpq"])]
        ),
        .systemLibrary(
            name: "CTandemHiredis",
            pkgConfig: hiredisPackage,
            providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]
        ),
        .target(name: "CTandemCodecs"),
        .target(name: "CTandemEpoll"),
        .target(name: "CTandemSystem"),

        // A library and its program: SwiftPM may build a test that imports an executable before the executable,
        // where a package has tests of a macro.
        .target(name: "Helpdesk", dependencies: ["Tandem", "TandemHTML"], path: "Examples/Helpdesk/Sources/Helpdesk"),
        .executableTarget(
            name: "HelpdeskServer",
            dependencies: ["Helpdesk", "Tandem"],
            path: "Examples/Helpdesk/Sources/HelpdeskServer"
        ),
        .target(
            name: "Depot",
            dependencies: ["Tandem", "TandemHTML", .product(name: "Subprocess", package: "swift-subprocess")],
            path: "Examples/Depot/Sources/Depot"
        ),
        .executableTarget(
            name: "DepotServer",
            dependencies: ["Depot", "Tandem"],
            path: "Examples/Depot/Sources/DepotServer"
        ),
        .target(name: "SeededRandom", path: "Tests/SeededRandom"),
        .target(name: "TestServers", path: "Tests/TestServers"),
        .executableTarget(
            name: "ServerFixture",
            dependencies: ["TandemServer"],
            path: "Tests/ServerFixture"
        ),
        .testTarget(
            name: "TandemHTTPTests",
            dependencies: [
                "TandemHTTP", "TandemFuzzing", "SeededRandom", .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(name: "TandemAPITests", dependencies: ["TandemAPI", "TandemHTTP", "TandemSchema", "SeededRandom"]),
        .testTarget(name: "TandemHTMLTests", dependencies: ["TandemHTML", "TandemAPI", "TandemHTTP", "TandemSchema"]),
        .testTarget(
            name: "TandemServerTests",
            dependencies: [
                "TandemServer", "TandemSockets", "ServerFixture",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHPACK", package: "swift-nio-http2", condition: .when(traits: ["HTTP2"])),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ]
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "Tandem", "TandemTesting",
                "TandemAPI", "TandemData", "TandemHTML", "TandemHTTP", "TandemRealtime", "TandemRedis", "TandemSchema",
                "TandemServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "TandemTests",
            dependencies: [
                "Tandem", .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "TandemTestingTests", dependencies: ["Tandem", "TandemTesting"]),
        .testTarget(
            name: "HelpdeskTests",
            dependencies: [
                "Helpdesk", "Tandem", "TandemTesting", .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["docs_page.py", "schemathesis.toml"]
        ),
        .testTarget(
            name: "DepotTests",
            dependencies: [
                "Depot", "SeededRandom", "Tandem", "TandemData", "TandemTesting", "TestServers",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["Pages/pages.py"]
        ),
        .testTarget(
            name: "ClientTests",
            dependencies: [
                "TandemAPI", "TandemHTTP", "TandemSchema", "TandemServer",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            // What the tests have others compile or run.
            exclude: ["Programs"]
        ),
        .testTarget(name: "TandemSchemaTests", dependencies: ["TandemSchema", "SeededRandom"]),
        .executableTarget(name: "DataFixture", dependencies: ["TandemData"], path: "Tests/DataFixture"),
        .testTarget(
            name: "TandemDataTests",
            dependencies: ["TandemData", "TandemSchema", "TandemSockets", "DataFixture", "TestServers"],
            exclude: ["Migrations/DDL.txt"]
        ),
        .testTarget(
            name: "TandemRedisTests",
            dependencies: [
                "TandemRedis", "TestServers",
                .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Redis"])),
                .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Redis"])),
            ]
        ),
        .testTarget(
            name: "TandemRealtimeTests",
            dependencies: [
                "TandemRealtime", "TandemAPI", "TandemData", "TandemHTTP", "TandemRedis", "TandemSchema",
                "TandemServer", "SeededRandom", "TestServers",
            ],
            // What the tests have others run.
            exclude: ["SocketIO/Programs"]
        ),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)

if prebuiltMacros == nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-syntax.git", from: "603.0.0"))
    package.targets += [
        .macro(
            name: "TandemMacros",
            dependencies: [
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
                .product(name: "SwiftCompilerPlugin", package: "swift-syntax"),
            ]
        ),
        .testTarget(
            name: "TandemMacrosTests",
            dependencies: [
                "TandemMacros",
                .product(name: "SwiftSyntax", package: "swift-syntax"),
                .product(name: "SwiftParser", package: "swift-syntax"),
                .product(name: "SwiftDiagnostics", package: "swift-syntax"),
                .product(name: "SwiftSyntaxBuilder", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacroExpansion", package: "swift-syntax"),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax"),
            ]
        ),
    ]
}

let houseFeatures: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + houseFeatures
    // They name the macros' library to the compiler, and nothing else; without TANDEM_MACROS there are none.
    if let prebuiltMacros { target.swiftSettings?.append(.unsafeFlags(["-load-plugin-library", prebuiltMacros])) }
}
