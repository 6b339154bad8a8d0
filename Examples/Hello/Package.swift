// swift-tools-version: 6.2
import PackageDescription

// The smallest application: HTTP/1.1 alone. Its traits leave TLS and HTTP/2 out, and what they would build.
let package = Package(
    name: "Hello",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "tandem", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(name: "Hello", dependencies: [.product(name: "Tandem", package: "tandem")])
    ],
    swiftLanguageModes: [.v6]
)
