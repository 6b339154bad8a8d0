// swift-tools-version: 6.2
import PackageDescription

// The parsers under libFuzzer; Scripts/fuzz builds it with the instrumentation.
let package = Package(
    name: "Fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "tandem", path: "..", traits: [])
    ],
    targets: [
        .target(name: "CLibFuzzer"),
        .executableTarget(
            name: "Fuzz",
            dependencies: ["CLibFuzzer", .product(name: "TandemFuzzing", package: "tandem")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
