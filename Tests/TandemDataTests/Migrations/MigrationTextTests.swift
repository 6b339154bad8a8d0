// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemData

@Suite("A migration is a text that people can read and write")
struct MigrationTextTests {
    private static let hostile = [
        "id", "key", "a b", "Ünï", "with \"quotes\"", "semi;colon", "--", "/* x", "'", "e", "null", "1st", "ORDER",
        "$1",
        "(", "a,b", "table.column",
    ]

    private static var operations: [MigrationOperation] {
        let names = Self.hostile
        var table = Tables.tickets
        table.columns += [
            TableColumn("a", .text, defaultValue: .text(value: "it's\na \\ \"text\"\r\u{2028}--")),
            TableColumn("b", .double, isOptional: true, defaultValue: .double(value: -1.5e300)),
            TableColumn("c", .integer, defaultValue: .integer(value: .min)),
            TableColumn("d", .json, defaultValue: .json(value: #"{"a":["'",1]}"#)),
            TableColumn("f", .timestamp, defaultValue: .now),
            TableColumn("g", .boolean, defaultValue: .boolean(value: false)),
            TableColumn("h", .text, generated: "lower(a) || ')' || 'x'"),
        ]
        table.columns += names.map { TableColumn($0 + "_", .bytes, isOptional: true) }
        table.checks = [TableCheck("c > (1) -- no\n AND a <> ';)'", of: "t", named: "odd \"name\"")]
        table.indexes.append(TableIndex(["a", "semi;colon_"], of: "t", isUnique: true))
        table.searched = ["a"]
        table.searchLanguage = .french
        var pair = Table("pairs", columns: [], key: ["a", "b"])
        pair.columns = [
            TableColumn("a", .uuid),
            TableColumn("b", .uuid, reference: ColumnReference("key", column: "id", onDelete: .setDefault)),
        ]
        var operations: [MigrationOperation] = [
            .createTable(table), .createTable(pair), .search(["a", "b"], table: "t"), .search([], table: "t"),
            .search(["language"], language: .english, table: "language"),
            .changeKey(["a", "key"], table: "t"), .addCheck(table.checks[0], table: "t"),
            .addIndex(table.indexes[0], table: "t"), .addIndex(table.indexes[1], table: "t"),
            .dropColumn("a", table: "t", fill: .formula("1 + (2) || ';'")),
            .dropColumn("a", table: "t", fill: .value(.text(value: ""))),
            .sql(SQLStep(text: "UPDATE t\n\n  SET a = 'b; c';\n-- done", dialect: .sqlite)),
            .sql(SQLStep(text: "SELECT 1", isDown: true)),
            .sql(SQLStep(text: "SELECT 1", isDown: true, dialect: .postgreSQL)),
        ]
        for name in names {
            operations += [
                .dropTable(name), .renameTable(name, to: "\(name)2"), .renameColumn(name, table: name, to: name + "2"),
                .dropIndex(name, table: name), .renameIndex(name, table: name, to: name), .dropCheck(name, table: name),
            ]
        }
        for column in table.columns {
            operations += [
                .addColumn(column, table: "t", fill: .value(.integer(value: 3))),
                .changeColumn(column, table: "t", fill: .formula("a")),
            ]
        }
        return operations
    }

    @Test("What is written is read as the same")
    func roundTrip() throws {
        let operations = Self.operations
        for operation in operations {
            let read = try MigrationText(operation.text + "\n").operations
            #expect(try self.normalized(read) == self.normalized([operation]), "\(operation.text)")
        }
        let all = try MigrationText(MigrationText(operations).description)
        #expect(all.operations.count == operations.count)
        #expect(all.description == MigrationText(all.operations).description)
    }

    /// Rules in the form that they are kept in.
    private func normalized(_ operations: [MigrationOperation]) throws -> [MigrationOperation] {
        operations.map { operation in
            switch operation {
            case .createTable(var table):
                for index in table.checks.indices { table.checks[index].rule = table.checks[index].rule.normalizedSQL }
                return .createTable(table)
            case .addCheck(var check, let table):
                check.rule = check.rule.normalizedSQL
                return .addCheck(check, table: table)
            default: return operation
            }
        }
    }

    @Test(
        "A mistake is told with its line",
        arguments: [
            ("drop table", 1, "name is missing"), ("\n\ncreate table t\n    a number", 3, "no type of a column"),
            ("-- Hello\nfly away", 2, "no step"), ("add column t a text", 1, "`.` is missing"),
            ("create table t\n    a text default 'x", 1, "no second quote"), ("drop table \"a", 1, "no second quote"),
            ("add column t.a text default e'x\\'", 1, "no second quote"), ("drop table a''b", 1, "not expected"),
            ("add check c on t (a > (1)", 1, "`)` is missing"), ("add check c on t a > 1", 1, "`(` is missing"),
            ("search t ()", 1, "name is missing"), ("change column t.a text default", 1, "value is missing"),
            ("change column t.a text default 1.2.3", 1, "is no value"), ("drop thing t", 1, "no `drop thing`"),
            ("change column t.a text default 1e999", 1, "is no value"), ("rename table a b", 1, "`to` is missing"),
            ("sql for oracle\n    SELECT 1", 1, "Write `sql`"), ("sql\n    BEGIN; SELECT 1", 1, "one transaction"),
            ("drop table a; drop table b", 1, "not expected"), ("add column t.a integer references b", 1, "is missing"),
            ("create table t\n    a text key text", 1, "says nothing"),
            ("add column t.a text references b (c) on delete explode", 1, "no `on delete explode`"),
        ]
    )
    func mistakes(text: String, line: Int, message: String) {
        let error = #expect(throws: DatabaseError.self) { try MigrationText(text) }
        #expect(error?.code == .migration)
        #expect(error?.message.hasPrefix("Line \(line), `") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("No text traps, however broken")
    func broken() {
        var random = SeededGenerator(seed: 7)
        let whole = Array(MigrationText(Self.operations).description.unicodeScalars)
        for _ in 0..<400 {
            let start = Int.random(in: 0..<whole.count, using: &random)
            var piece = Array(whole[start..<min(start + 300, whole.count)])
            for _ in 0..<3 {
                piece[Int.random(in: piece.indices, using: &random)] =
                    whole[Int.random(in: whole.indices, using: &random)]
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: piece)
            _ = try? MigrationText(String(text))
        }
    }

    @Test("Files of Windows, and tabs, are read too")
    func lineEnds() throws {
        let text = "create table t\r\n\ta integer counted key\r\n\r\n\tb text null -- why\r\ndrop table u\r\n"
        let operations = try MigrationText(text).operations
        #expect(operations.count == 2)
        #expect(operations.last == .dropTable("u"))
    }

    @Test(
        "SQL by hand is taken apart at its semicolons, and at no others",
        arguments: [
            ("A; B;; ;C", ["A", "B", "C"]), ("SELECT ';' ; -- a;b\n", ["SELECT ';'"]),
            (
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END; X",
                [
                    "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END", "X",
                ]
            ),
            ("SELECT CASE WHEN a THEN b END; X", ["SELECT CASE WHEN a THEN b END", "X"]), ("/* ; */", []),
        ]
    )
    func scripts(text: String, statements: [String]) {
        #expect(SQLScript(text, .sqlite).statements == statements)
    }

    @Test("On PostgreSQL bodies stand between dollars")
    func dollars() {
        let text = "DO $x$ BEGIN a; b; END $x$; SELECT $$;$$, E'\\';'"
        #expect(SQLScript(text, .postgreSQL).statements.count == 2)
    }
}
