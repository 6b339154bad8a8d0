// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "tandem",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "TandemHTTP", targets: ["TandemHTTP"]),
        .library(name: "TandemAPI", targets: ["TandemAPI"]),
        .library(name: "TandemServer", targets: ["TandemServer"]),
        // What Fuzz/ calls; not for applications.
        .library(name: "TandemFuzzing", targets: ["TandemFuzzing"]),
    ],
    traits: [
        .trait(name: "TLS", description: "TLS 1.2 and 1.3 through swift-nio-ssl."),
        .trait(name: "HTTP2", description: "HTTP/2 through swift-nio-http2."),
        .default(enabledTraits: ["TLS", "HTTP2"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", from: "1.7.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
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
                "TandemHTTP",
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
        .target(name: "TandemAPI", dependencies: ["TandemHTTP"]),
        .target(
            name: "TandemFuzzing",
            dependencies: ["TandemHTTP", .product(name: "NIOCore", package: "swift-nio")]
        ),
        .systemLibrary(name: "CTandemZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CTandemCodecs"),
        .target(name: "CTandemEpoll"),
        .target(name: "CTandemSystem"),

        .executableTarget(
            name: "ServerFixture",
            dependencies: ["TandemServer"],
            path: "Tests/ServerFixture"
        ),
        .testTarget(
            name: "TandemHTTPTests",
            dependencies: ["TandemHTTP", "TandemFuzzing", .product(name: "NIOCore", package: "swift-nio")]
        ),
        .testTarget(name: "TandemAPITests", dependencies: ["TandemAPI", "TandemHTTP"]),
        .testTarget(
            name: "TandemServerTests",
            dependencies: [
                "TandemServer", "ServerFixture",
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
                "TandemAPI", "TandemHTTP", "TandemServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)

let houseFeatures: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + houseFeatures
}
