// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// The rules themselves, tried on text that breaks them: a gate that cannot fail is none.
@Suite("The rules find what they are for")
struct RulesAreRulesTests {
    private func file(_ text: String) -> SwiftFile { SwiftFile("Sample.swift", text) }

    @Test("Comments and strings are no code, interpolations are")
    func scanner() {
        let sample = file(
            ##"""
            let a = "try! \(word) \" // {" // fatalError(
            /* try! /* nested */ { */ let b = #"raw " \(no) \#(yes)"#
            let c = """
                as! \(inside)
                """
            """##
        )
        #expect(sample.lines(of: "try!").isEmpty)
        #expect(sample.lines(of: "{").isEmpty)
        #expect(sample.words.map(\.text) == ["let", "a", "word", "let", "b", "yes", "let", "c", "inside"])
        #expect(sample.words.last?.line == 4)
    }

    @Test("Code is found at its line")
    func lines() {
        #expect(file("let a = 1\nlet b = try! c()\n").lines(of: "try!") == [2])
    }

    @Test("Functions are measured from keyword to brace")
    func functions() {
        let sample = file(
            """
            protocol P { func requirement() -> Int; init(a: Int) }
            struct S {
                func long(
                    case value: Int = { 1 }()
                ) -> Int {
                    if value > 1 { return self.init(1) }
                    return 2
                }
                init() {}
                subscript(i: Int) -> Int {
                    i
                }
            }
            """
        )
        #expect(sample.functions.map(\.name) == ["long", "init", "subscript"])
        #expect(sample.functions.map(\.length) == [6, 1, 3])
    }

    @Test("Requirements are counted, and the reason for many is seen")
    func protocols() {
        let requirements = (1...9).map { "    func f\($0)() async throws -> [Int]\n" }.joined()
        let sample = file("protocol A {\n\(requirements)    var x: Int { get }\n}\n// Wide because: x\nprotocol B {}\n")
        #expect(sample.protocols.map(\.name) == ["A", "B"])
        #expect(sample.protocols.map(\.requirements) == [10, 0])
        #expect(sample.protocols.map(\.isExplained) == [false, true])
    }

    @Test("Types are found by their keyword, members of classes are not")
    func types() {
        let sample = file("struct A {}\nclass B { class func c() {} }\nactor D {}\nlet e = E.self\n")
        #expect(sample.typeNames.map(\.text) == ["A", "B", "D"])
    }

    @Test("Imports are found with their access")
    func imports() {
        let found = file("public import A\nimport B\n// import C\npackage import struct D.E\n").imports
        #expect(found.map(\.access) == ["public", "internal", "package"])
        #expect(found.map(\.module) == ["A", "B", "D"])
    }

    @Test("A comment above attributes counts, one above other code does not")
    func comments() {
        let sample = file("// why\n@available(*)\nlet a = 1\nlet b = 2\n")
        #expect(sample.comment(above: 3) == "// why")
        #expect(sample.comment(above: 4) == "")
    }

    @Test("A manifest's targets and arrows are read")
    func manifest() {
        let manifest = Manifest(
            file(
                """
                let package = Package(name: "p", targets: [
                    .target(name: "A", dependencies: [.product(name: "NIOCore", package: "B"), "C"]),
                    .systemLibrary(name: "C", pkgConfig: "c"),
                ])
                """
            )
        )
        #expect(manifest.targets.map(\.name) == ["A", "C"])
        #expect(manifest.targets[0].depends(on: manifest.targets[1]))
        #expect(!manifest.targets[1].depends(on: manifest.targets[0]))
    }
}
