// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The files of a new application.
struct Template {
    let name: String
    let tandem: String

    var files: [(path: String, text: String)] {
        [
            ("Package.swift", self.manifest),
            (".gitignore", ".build/\n.tandem/\n"),
            ("README.md", self.readme),
            ("Sources/\(self.name)/\(self.name).swift", self.application),
            ("Sources/\(self.name)/Greetings.swift", self.greetings),
            ("Tests/\(self.name)Tests/GreetingsTests.swift", self.tests),
        ]
    }

    private var manifest: String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "\(self.name)",
            platforms: [.macOS(.v26)],
            dependencies: [
                .package(name: "tandem", path: "\(self.tandem)")
            ],
            targets: [
                .executableTarget(name: "\(self.name)", dependencies: [.product(name: "Tandem", package: "tandem")]),
                .testTarget(
                    name: "\(self.name)Tests",
                    dependencies: [
                        "\(self.name)",
                        .product(name: "TandemTesting", package: "tandem"),
                    ]
                ),
            ],
            swiftLanguageModes: [.v6]
        )

        """
    }

    private var readme: String {
        """
        # \(self.name)

        ```
        tandem docs      fetches the files of the documentation page
        tandem serve     builds it and serves http://127.0.0.1:8080/docs
        tandem test      tests it
        tandem routes    lists its endpoints
        tandem client typescript --output api.ts
        ```

        """
    }

    private var application: String {
        """
        import Tandem

        @main struct \(self.name): Application {
            var configuration: Configuration {
                var configuration = Configuration.fromEnvironment()
                configuration.documentation?.info.title = "\(self.name)"
                return configuration
            }

            func build(_ app: App) throws {
                app.use(SecurityHeaders())
                app.mount(Greetings())
            }
        }

        """
    }

    private var greetings: String {
        """
        import Tandem

        @Schema struct Greeting: Equatable {
            /// What is said.
            var text: String
        }

        @Schema struct Guest {
            /// Who is greeted.
            @Length(1...80) @Example("Ada") var name: String
        }

        /// Greetings.
        @API("/greetings") struct Greetings {
            /// Greet somebody.
            @GET("{name}") func greet(name: String, polite: Bool = false) -> Greeting {
                Greeting(text: polite ? "Good day, \\(name)." : "Hello, \\(name)!")
            }

            /// Greet a guest.
            @POST func welcome(_ guest: Guest) -> Greeting {
                Greeting(text: "Welcome, \\(guest.name)!")
            }
        }

        """
    }

    private var tests: String {
        """
        import Tandem
        import TandemTesting
        import Testing

        @testable import \(self.name)

        @Suite("Greetings")
        struct GreetingsTests {
            @Test("Somebody is greeted as they like")
            func greets() async throws {
                try await \(self.name)().app().test { client in
                    let response = try await client.get("/greetings/Ada?polite=true")
                    #expect(try response.json() == Greeting(text: "Good day, Ada."))
                }
            }

            @Test("A guest without a name is refused")
            func refuses() async throws {
                try await \(self.name)().app().test { client in
                    let response = try await client.post("/greetings", json: Guest(name: ""))
                    #expect(response.status == .unprocessableContent)
                    #expect(response.problem?.errors.first?.pointer == "/name")
                }
            }
        }

        """
    }
}
