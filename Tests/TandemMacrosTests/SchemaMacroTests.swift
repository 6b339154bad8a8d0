// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax
import Testing

@Suite("@Schema writes code that can be read, and says what is wrong with a declaration")
struct SchemaMacroTests {
    @Test("A struct is read, written and described property by property")
    func expansion() {
        let expansion = Expansion(
            """
            /// A ticket.
            @Schema public struct Ticket {
                /// What is wrong.
                @Length(1...9) @Key("title") public var subject: String
                public var stars: Int? = nil
                static var all = 1
                var computed: Int { 1 }
            }
            """
        )
        #expect(expansion.diagnostics == [])
        let lines = [
            "extension Ticket: Schema {",
            "private static let schemaFields = JSONFields<Self> { fields in",
            #"fields.add("title", \.subject, check: { value, reader in"#,
            #"reader.check(value, SchemaRules.subject0, at: "title")"#,
            #"fields.add("stars", \.stars)"#,
            "static let subject0 = LengthRule(1 ... 9)",
            "public static func read(json reader: inout JSONReader, into slot: inout JSONSlot<Self>) throws(JSONError) {",
            "public init?(json reader: inout JSONReader) throws(JSONError) {",
            "public func write(json writer: inout JSONWriter) {",
            #"writer.property("\"title\":", self.subject)"#,
            "public static func describe(in definitions: inout Definitions) -> JSONSchema {",
            #"description: "What is wrong.""#,
        ]
        for line in lines { #expect(expansion.text.contains(line), "\(line)") }
        #expect(!expansion.text.contains("computed\""))
        #expect(!Parser.parse(source: expansion.text).hasError)
    }

    @Test(
        "A struct with more to it than memory is read into variables",
        arguments: [
            "var a: Int { didSet {} }", "@Clamped var a: Int", "lazy var a: Int = 1",
            "#if DEBUG\nvar b: Int\n#endif\nvar a: Int",
            "#more\nvar a: Int", (0...64).map { "var a\($0): Int" }.joined(separator: "\n"),
        ]
    )
    func notInPlace(properties: String) {
        let expansion = Expansion("@Schema struct A {\n\(properties)\n}")
        #expect(expansion.text.contains("try reader.value(at: "))
        #expect(!expansion.text.contains("JSONFields"))
        #expect(Expansion("@Schema struct A { var a: Int }").text.contains("JSONFields"))
        #expect(Expansion("@Schema @More struct A { var a: Int }").text.contains("try reader.value(at: "))
    }

    @Test("A generic struct asks the same of its parameters")
    func generic() {
        let expansion = Expansion("@Schema struct Page<Item, Other> { var items: [Item]; @Unique var other: [Other] }")
        #expect(expansion.text.contains("extension Page: Schema where Item: Schema, Other: Schema {"))
        #expect(!expansion.text.contains("static let"))
        #expect(!Parser.parse(source: expansion.text).hasError)
    }

    @Test(
        "Each mistake is shown at its words, with what to write instead",
        arguments: [
            ("@Schema class A {}", "@Schema is for structs and enums, which are values @ @Schema"),
            ("@Schema struct A { var a = f() }", "write the type of 'a'; a macro cannot see it @ a"),
            (
                "@Schema struct A { let a: Int = 1 }",
                "a 'let' with a value cannot be read; write 'var' for a default @ = 1"
            ),
            ("@Schema struct A { var (a, b): (Int, Int) }", "a property that is read from JSON has one name @ (a, b)"),
            (
                "@Schema struct A { @Length(1...) var a: Int }",
                "@Length is not for Int: it is for strings; use @Range for numbers @ @Length(1...)"
            ),
            (
                "@Schema struct A { @Range(1...2) var a: String? }",
                "@Range is not for String: use @Length for the length of a string @ @Range(1...2)"
            ),
            (
                "@Schema struct A { @Key(name) var a: Int }",
                #"@Key takes a string without interpolation, such as @Key("created_at") @ @Key(name)"#
            ),
            (
                #"@Schema struct A { @Key("b") var a: Int; var b: Int }"#,
                #"two properties have the key "b"; give one another by @Key @ A"#
            ),
            (
                "@Schema(unknownKeys: .keep) struct A {}",
                "to keep unknown keys, add 'var unknownKeys: JSONObject', which takes them @ A"
            ),
            (
                #"@Schema struct A { @Pattern("(a") var a: String }"#,
                #"the expression cannot be read: a parenthesis is not closed, at character 3 @ "(a""#
            ),
            ("@Schema enum A {}", "an enum without cases has no values to read @ A"),
            (
                "@Schema enum A { case b(Int, Int) }",
                "give each value of a case with several a label: it is its key in JSON @ Int,"
            ),
        ]
    )
    func mistakes(source: String, diagnostic: String) {
        #expect(Expansion(source).diagnostics == [diagnostic])
    }
}
