// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax
import SwiftSyntaxBuilder

/// The type of rows that are not in the table yet: a model without what the database gives.
struct DraftCode {
    private let model: ModelDeclaration
    private let access: String
    private let fields: [Field]
    private let schema: StructCode

    /// A property of the draft.
    private struct Field {
        let column: ModelColumn
        var property: Property
        /// Whether it is in no JSON: what clients do not choose.
        var isHidden: Bool
    }

    init(_ model: ModelDeclaration, _ target: SchemaTarget, of declaration: StructDeclSyntax) throws(Mistake) {
        let filled = model.columns.filter { $0.generated == nil }
        let fields = (filled.filter(\.isKey) + filled.filter { !$0.isKey }).map { Self.field($0, of: model) }
        self.model = model
        self.access = target.access
        self.fields = fields
        let name = declaration.name.text.withoutBackticks
        self.schema = try StructCode(
            fields.filter { !$0.isHidden }.map(\.property),
            hidden: fields.filter(\.isHidden).map(\.property),
            of: declaration,
            target.nested("Draft", definition: "\(name)Draft")
        )
    }

    private static func field(_ column: ModelColumn, of model: ModelDeclaration) -> Field {
        var property = column.property
        var isHidden = column.isHidden || column.isVersion || column.isTouched
        func replaced(_ text: String) -> String { text.replacingSelf(with: model.type) }
        property.type = TypeSyntax(stringLiteral: replaced(property.type.description))
        property.fallback = property.fallback.map { ExprSyntax(stringLiteral: replaced($0.description)) }
        property.rules = property.rules.map(replaced)
        if column.isKey, model.isCounted {
            property.type = TypeSyntax(stringLiteral: "\(model.type).ID?")
            property.fallback = nil
            isHidden = true
        } else if column.isKey, model.keys.count == 1, property.plainType == "UUID", column.reference == nil {
            property.fallback = property.fallback ?? ExprSyntax(stringLiteral: "UUID.version7()")
            isHidden = true
        } else if column.isVersion {
            property.fallback = property.fallback ?? ExprSyntax(stringLiteral: "0")
        } else if column.isTouched, property.optionalType == nil {
            property.fallback = property.fallback ?? ExprSyntax(stringLiteral: "Date.now")
        }
        return Field(column: column, property: property, isHidden: isHidden)
    }

    var text: String {
        let members = [
            "\(self.access)typealias Target = \(self.model.type)", self.properties, self.initializer, self.writing,
        ]
        return """
            /// A row that is not in the table yet: without what the database gives it.
            \(self.access)struct Draft: Insertable, Schema {
                \((members + self.schema.members).filter { !$0.isEmpty }.joined(separator: "\n\n"))
            }
            """
    }

    private var properties: String {
        self.fields.map { "\($0.column.access)var \($0.property.name): \($0.property.type)" }.joined(separator: "\n")
    }

    private var initializer: String {
        let parameters = self.fields.map { field in
            let property = field.property
            let fallback = property.fallback?.description ?? (property.optionalType == nil ? nil : "nil")
            return "\(property.name): \(property.type)" + (fallback.map { " = \($0)" } ?? "")
        }
        // A public initializer cannot take what is not public.
        let isOpen = self.fields.allSatisfy { $0.column.access == self.access }
        return """
            /// A draft from its properties.
            \(isOpen ? self.access : "")init(
                \(parameters.joined(separator: ",\n"))
            ) {
                \(self.fields.map { "self.\($0.property.name) = \($0.property.name)" }.joined(separator: "\n"))
            }
            """
    }

    /// A key that the database counts is left out as long as there is none.
    private var writing: String {
        let columns = self.fields.map(\.column.name)
        let isCounted = self.model.isCounted
        let key = self.fields.first?.property.name ?? "id"
        let writing = self.fields.dropFirst(isCounted ? 1 : 0).map { "row.write(self.\($0.property.name))" }
        let filled =
            isCounted
            ? "if self.\(key) == nil { return [\(Array(columns.dropFirst()).literals)] }\nreturn [\(columns.literals)]"
            : "[\(columns.literals)]"
        return """
            \(self.access)var filledColumns: [String] {
                \(filled)
            }

            \(self.access)func write(to row: inout RowWriter) {
                \(isCounted ? "if let key = self.\(key) { row.write(key) }" : "")
                \(writing.joined(separator: "\n"))
            }
            """
    }
}

extension String {
    /// The code with `Self` spelled out, for a type that stands within.
    func replacingSelf(with type: String) -> String {
        guard self.contains("Self") else { return self }
        return Parser.parse(source: self).tokens(viewMode: .sourceAccurate).map { token in
            guard token.tokenKind == .keyword(.Self) else { return token.description }
            return token.leadingTrivia.description + type + token.trailingTrivia.description
        }.joined()
    }
}
