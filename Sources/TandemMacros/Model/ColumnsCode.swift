// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The type by which queries name a model's columns and relations.
struct ColumnsCode {
    private let model: ModelDeclaration
    private let access: String

    init(_ model: ModelDeclaration, access: String) {
        self.model = model
        self.access = access
    }

    var text: String {
        """
        /// The columns and relations, for queries.
        \(self.access)struct Columns: ModelColumns {
            /// The table that they are columns of.
            \(self.access)let tableReference: TableReference

            /// The columns at a place of a statement.
            \(self.access)init(_ table: TableReference) {
                self.tableReference = table
            }

            \(self.model.columns.map(self.column).joined(separator: "\n"))
            \(self.model.columns.compactMap(self.relation).joined(separator: "\n"))
        }
        """
    }

    private func column(_ column: ModelColumn) -> String {
        let type = column.property.type.description.replacingSelf(with: self.model.type)
        return """
            \(column.access)var \(column.property.name): SQLExpression<\(type)> {
                self.tableReference.column(\(column.name.literal))
            }
            """
    }

    private func relation(_ column: ModelColumn) -> String? {
        guard let reference = column.reference, let name = reference.relation else { return nil }
        let type = reference.isOptional ? "OptionalReference" : "Reference"
        return """
            \(column.access)var `\(name)`: \(type)<\(self.model.type), \(reference.model)> {
                \(type)(self.tableReference, \(column.name.literal)) { $0.\(column.property.name) }
            }
            """
    }
}
