// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax
import Testing

@Suite("@Model writes a table, rows, columns and drafts, and says what is wrong with a declaration")
struct ModelMacroTests {
    @Test("A struct is a row of a table, read and written column by column")
    func expansion() {
        let expansion = Expansion(
            """
            @Model("tickets") @Unique("customerID", "subject") public struct Ticket {
                @ID public var id: Int64
                @Length(1...9) public var subject: String
                @Reference(Customer.self, onDelete: .cascade) public var customerID: Customer.ID
                public var createdAt: Date = .now
            }
            """
        )
        #expect(expansion.diagnostics == [])
        let lines = [
            "extension Ticket: Schema {",
            "extension Ticket: Model {",
            "public typealias ID = Int64",
            #"public static var tableName: String {"#,
            "public static let table: Table = {",
            #"table.columns.append(TableColumn("subject", of: String.self))"#,
            "$0.reference = ColumnReference(to: Customer.self, onDelete: .cascade)",
            "$0.isCounted = true",
            "$0.defaultValue = .now",
            #"TableIndex(["customer_id", "subject"], of: Self.tableName, isUnique: true)"#,
            "public init(from row: inout RowReader) throws(DatabaseError) {",
            "self.subject = try row.read()",
            "row.write(self.customerID)",
            "public struct Columns: ModelColumns {",
            "public var subject: SQLExpression<String> {",
            "public var `customer`: Reference<Ticket, Customer> {",
            "public struct Draft: Insertable, Schema {",
            "id: Ticket.ID? = nil,",
            "createdAt: Date = .now",
        ]
        for line in lines { #expect(expansion.text.contains(line), "\(line)") }
        // The rule is the draft's as well.
        #expect(expansion.text.ranges(of: "LengthRule(1 ... 9)").count == 2)
        #expect(!Parser.parse(source: expansion.text).hasError)
    }

    @Test("What stands within the model spells out what it calls Self")
    func ownType() {
        let expansion = Expansion(
            #"@Model("a") struct A { @ID var id: UUID; @Range(1...Self.most) var count: Int = Self.least }"#
        )
        #expect(expansion.text.contains("count: Int = A.least"))
        #expect(expansion.text.contains("RangeRule<Int>(1 ... A.most)"))
        #expect(expansion.text.contains("id: UUID = UUID.version7()"))
    }

    @Test("A property that is not public has a public draft made by an initializer that is not")
    func access() {
        let expansion = Expansion(#"@Model("a") public struct A { @ID public var id: Int; var b: B }"#)
        #expect(expansion.text.contains("public struct Draft"))
        #expect(!expansion.text.contains("public init(\n"))
        #expect(!expansion.text.contains("public var b"))
    }

    @Test("A model and its draft are read in place, and what is hidden is what it is by default")
    func hidden() {
        let expansion = Expansion(
            #"@Model("a") struct A { @ID var id: Int; @Hidden var b: B? ; @Hidden var c: C = .d; @Touched var e: Date }"#
        )
        let lines = [
            #"fields.add("id", \.id)"#, #"fields.hide(\.b)"#, #"fields.hide(\.c)"#, "(.d) as C",
            #"fields.add("e", \.e)"#, #"fields.hide(\.id)"#, #"fields.hide(\.e)"#, "(Date.now) as Date",
        ]
        for line in lines { #expect(expansion.text.contains(line), "\(line)") }
        #expect(!expansion.text.contains("reader.value(at: "))
        #expect(!Parser.parse(source: expansion.text).hasError)
    }

    @Test("A hidden property without a default is not made up")
    func unreadable() {
        let expansion = Expansion(#"@Model("a") struct A { @ID var id: Int; @Hidden var b: B }"#)
        #expect(expansion.text.contains("'b' is never read from JSON"))
        #expect(!expansion.text.contains("JSONSlot"))
    }

    @Test(
        "Each mistake is shown at its words, with what to write instead",
        arguments: [
            (#"@Model("a") class A {}"#, #"@Model is for structs, whose values are rows @ @Model("a")"#),
            (
                #"@Model("a") struct A<B> {}"#,
                #"a table is of one type: a model cannot be generic, nor stand in what is @ @Model("a")"#
            ),
            (#"@Model("") struct A { @ID var id: Int }"#, #"the name is empty @ """#),
            (#"@Model("a\u{0}b") struct A { @ID var id: Int }"#, #"a name in a database has no NUL in it @ "a\u{0}b""#),
            (
                #"@Model("a\(1)") struct A { @ID var id: Int }"#,
                #"@Model takes the table's name, a string without interpolation: @Model("tickets") @ @Model("a\(1)")"#
            ),
            (
                #"@Model("sqlite_a") struct A { @ID var id: Int }"#,
                #"SQLite keeps names that begin with "sqlite_" for itself @ "sqlite_a""#
            ),
            (
                #"@Model("a") struct A { var id: Int }"#,
                "a model has a key: put @ID on a property, as in '@ID var id: Int64' @ A"
            ),
            (
                #"@Model("a") struct A { @ID var id: Int? }"#,
                "a key is always there; remove the '?', a draft does without the key by itself @ @ID"
            ),
            (
                #"@Model("a") struct A { @ID var name: String; var id: Int }"#,
                "'id' is the key, which 'name' is; put @ID here or rename it @ id"
            ),
            (
                #"@Model("a") struct A { @ID var id: Int; @ID var b: Int }"#,
                "'id' is the key of several properties together; call this one otherwise @ id"
            ),
        ]
    )
    func mistakes(source: String, diagnostic: String) {
        #expect(Expansion(source).diagnostics == [diagnostic])
    }

    @Test(
        "A mistake of a property is shown at its words",
        arguments: [
            (
                "@Version var a: String",
                "@Version counts: its property is an integer, such as 'var version: Int = 0' @ @Version"
            ),
            ("@Version var a: Int = 0; @Version var b: Int = 0", "a row has one version; 'a' is it already @ b"),
            ("@Touched var a: Int", "@Touched is the time of a change: its property is a Date @ @Touched"),
            (
                #"@Generated("b") var a: Int = 0"#,
                #"the database computes it; remove the default, which nobody would see @ @Generated("b")"#
            ),
            (
                #"@Generated("b") @Version var a: Int"#,
                #"what the database computes from other columns is no key, reference or time @ @Generated("b")"#
            ),
            (
                #"@Generated("\(b)") var a: Int"#,
                #"SQL here is a string without interpolation, such as "lower(subject)" @ "\(b)""#
            ),
            (#"@Check(" ") var a: Int"#, #"@Check takes SQL, such as @Check("stars > 0") @ @Check(" ")"#),
            (
                "@Reference var a: Int",
                "name the model whose rows it refers to: @Reference(Customer.self) @ @Reference"
            ),
            (
                "@Reference(B.self, onDelete: .setNull) var bID: B.ID",
                "'bID' cannot become NULL; make it optional, or cascade or restrict @ .setNull"
            ),
            (
                #"@Reference(B.self, as: "b-c") var bID: B.ID"#,
                #"the relation's name is a name of Swift in a string, such as "buyer" @ as: "b-c""#
            ),
            (
                "@Reference(B.self) var bID: B.ID; var b: Int",
                #"the relation would be called 'b', as something else is; add as: "…" @ @Reference(B.self)"#
            ),
            (
                #"@Column("\(b)") var a: Int"#,
                #"@Column takes a string without interpolation, such as @Column("text") @ @Column("\(b)")"#
            ),
            (
                #"@Column("ctid") var a: Int"#,
                #"PostgreSQL has a column "ctid" in every table; give another name by @Column @ @Column("ctid")"#
            ),
            (
                #"var aB: Int; @Column("A_b") var c: Int"#,
                #"'aB' has the column "A_b" already; give another by @Column @ c"#
            ),
            (
                #"@Index("b") var a: Int"#,
                #"on a property @Index stands alone; to name several, put it at the struct @ @Index("b")"#
            ),
            ("enum Draft {}", "@Model makes a type of this name; call yours otherwise @ Draft"),
            ("typealias Columns = Int", "@Model makes a type of this name; call yours otherwise @ Columns"),
        ]
    )
    func properties(source: String, diagnostic: String) {
        #expect(Expansion("@Model(\"a\") struct A { @ID var id: Int; \(source) }").diagnostics == [diagnostic])
    }

    @Test("A name longer than PostgreSQL takes is refused")
    func length() {
        let name = String(repeating: "a", count: 64)
        let expansion = Expansion("@Model(\"a\") struct A { @ID var id: Int; var \(name): Int }")
        #expect(expansion.diagnostics == ["\"\(name)\" has 64 bytes; PostgreSQL takes names of 63 @ \(name)"])
    }

    @Test(
        "A mistake of the struct's attributes is shown at its words",
        arguments: [
            ("@Schema", "@Model does what @Schema does; remove @Schema @ @Schema"),
            (#"@Index("b")"#, #"there is no property "b" @ "b""#),
            (#"@Unique("a", "b")"#, #"there is no property "b" @ "b""#),
            (#"@FullText("b")"#, #"there is no property "b" @ "b""#),
            (#"@FullText("a")"#, #"'a' is no text to search in @ "a""#),
            ("@Index", #"name the properties: @Index("subject") @ @Index"#),
            (
                #"@Check("\(a) > 0")"#,
                #"SQL here is a string without interpolation, such as "stars BETWEEN 1 AND 5" @ "\(a) > 0""#
            ),
        ]
    )
    func attributes(source: String, diagnostic: String) {
        let expansion = Expansion("@Model(\"a\") \(source) struct A { @ID var id: Int; var a: Int }")
        #expect(expansion.diagnostics == [diagnostic])
    }
}
