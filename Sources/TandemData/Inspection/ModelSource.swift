// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Writes models for tables.
struct ModelSource {
    /// What each table's model is called.
    private var types: [String: String] = [:]
    private var tables: [String: Table] = [:]

    /// Has models refer to each other by the names that they get here.
    init(_ tables: [InspectedTable]) {
        var taken = UniqueNames(taken: [
            "String", "Int", "Int64", "Bool", "Double", "Date", "Data", "UUID", "Decimal", "JSON", "Model",
        ])
        for table in tables.map(\.table) {
            self.types[table.name] = taken.take(SwiftName(table.name).type)
            self.tables[table.name] = table
        }
    }

    /// The source, with what it imports.
    func text(of tables: [InspectedTable]) -> String {
        let needsFoundation = tables.contains { inspected in
            inspected.table.columns.contains { column in
                [.bytes, .timestamp, .uuid, .decimal].contains(column.type) && self.referred(column) == nil
            }
        }
        let imports = (needsFoundation ? "import FoundationEssentials\n" : "") + "import Tandem\n"
        return ([imports] + tables.map(self.text(of:))).joined(separator: "\n")
    }

    private func text(of inspected: InspectedTable) -> String {
        let table = inspected.table
        let properties = ModelProperties(of: table) { self.referred($0) }
        var lines = inspected.notes.filter { $0.column == nil }.map { "// \($0.text.inOneLine)" }
        if table.key.isEmpty { lines.append("// The table has no key: say which properties are @ID.") }
        lines += properties.attributes
        lines.append("@Model(\(table.name.swiftLiteral)) struct \(self.types[table.name] ?? "Unnamed") {")
        for column in table.columns {
            let notes = inspected.notes.filter { $0.column == column.name }.map(\.text) + properties.notes(on: column)
            lines += notes.map { "    // \($0.inOneLine)" }
            lines.append("    " + properties.text(of: column))
        }
        return (lines + ["}"]).joined(separator: "\n") + "\n"
    }

    /// The model that a column refers to, where that is by its whole key.
    private func referred(_ column: TableColumn) -> String? {
        guard let reference = column.reference, let target = self.tables[reference.table],
            target.key == [reference.column], target.column(reference.column)?.type == column.type
        else { return nil }
        return self.types[target.name]
    }
}

extension String {
    /// A comment must not end before it is over.
    fileprivate var inOneLine: String { self.split(whereSeparator: \.isNewline).joined(separator: " ") }
}
