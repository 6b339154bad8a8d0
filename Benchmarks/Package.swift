// swift-tools-version:6.2
import PackageDescription

// The Swift programs of the benchmark. They are a package of their own, so that nobody who builds Tandem builds these.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    products: [
        .executable(name: "tandem-bench", targets: ["TandemBench"]),
        .executable(name: "hummingbird-bench", targets: ["HummingbirdBench"]),
        .executable(name: "json-bench", targets: ["JSONBench"]),
        .executable(name: "data-bench", targets: ["DataBench"]),
        .executable(name: "realtime-bench", targets: ["RealtimeBench"]),
    ],
    dependencies: [
        .package(name: "tandem", path: "..", traits: ["TLS", "HTTP2", "PostgreSQL"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.0.0"),
    ],
    targets: [
        .target(name: "BenchSettings"),
        .executableTarget(
            name: "TandemBench",
            dependencies: [
                "BenchSettings",
                .product(name: "TandemAPI", package: "tandem"),
                .product(name: "TandemHTTP", package: "tandem"),
                .product(name: "TandemSchema", package: "tandem"),
                .product(name: "TandemServer", package: "tandem"),
            ]
        ),
        .executableTarget(
            name: "HummingbirdBench",
            dependencies: [
                "BenchSettings",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdHTTP2", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "JSONBench",
            dependencies: [.product(name: "TandemSchema", package: "tandem")]
        ),
        .executableTarget(
            name: "DataBench",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "TandemAPI", package: "tandem"),
                .product(name: "TandemData", package: "tandem"),
                .product(name: "TandemHTTP", package: "tandem"),
                .product(name: "TandemSchema", package: "tandem"),
                .product(name: "TandemServer", package: "tandem"),
            ]
        ),
        .executableTarget(
            name: "RealtimeBench",
            dependencies: [
                "BenchSettings",
                .product(name: "TandemAPI", package: "tandem"),
                .product(name: "TandemHTTP", package: "tandem"),
                .product(name: "TandemRealtime", package: "tandem"),
                .product(name: "TandemServer", package: "tandem"),
            ]
        ),
    ]
)

if let macros = Context.environment["TANDEM_MACROS"], !macros.isEmpty {
    // They name the macros' library to the compiler, as in Tandem's own manifest, and nothing else.
    for target in package.targets { target.swiftSettings = [.unsafeFlags(["-load-plugin-library", macros])] }
}
