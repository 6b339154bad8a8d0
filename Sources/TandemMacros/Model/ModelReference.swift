// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// The row of another table that a property names: `@Reference(Customer.self, onDelete: .cascade)`.
struct ModelReference {
    /// The other model, as code.
    let model: String
    /// What becomes of a row when the other is deleted, as code; `nil` where that is not said.
    let deleteRule: String?
    /// The relation's name; `nil` where there is none.
    let relation: String?
    let isOptional: Bool
    let attribute: AttributeSyntax

    init(_ attribute: AttributeSyntax, of property: Property) throws(Mistake) {
        guard let member = attribute.list.first?.expression.as(MemberAccessExprSyntax.self),
            let model = member.base?.trimmedDescription, member.declName.baseName.text == "self"
        else {
            throw Mistake("name the model whose rows it refers to: @Reference(Customer.self)", at: attribute)
        }
        let rule = attribute.list.first { $0.label?.text == "onDelete" }?.expression
        if let rule, property.optionalType == nil,
            rule.as(MemberAccessExprSyntax.self)?.declName.baseName.text == "setNull"
        {
            throw Mistake("'\(property.name)' cannot become NULL; make it optional, or cascade or restrict", at: rule)
        }
        self.model = model
        self.deleteRule = rule?.trimmedDescription
        self.relation = try Self.relation(attribute, property.name.withoutBackticks)
        self.isOptional = property.optionalType != nil
        self.attribute = attribute
    }

    /// `customer` for `customerID`.
    private static func relation(_ attribute: AttributeSyntax, _ property: String) throws(Mistake) -> String? {
        if let argument = attribute.list.first(where: { $0.label?.text == "as" }) {
            guard let name = argument.expression.stringValue, name.isIdentifier else {
                throw Mistake("the relation's name is a name of Swift in a string, such as \"buyer\"", at: argument)
            }
            return name
        }
        let ending = ["ID", "Id"].first { property.hasSuffix($0) && property.count > $0.count }
        return ending.map { String(property.dropLast($0.count)) }
    }
}

extension String {
    /// Whether it can be the name of a property.
    fileprivate var isIdentifier: Bool {
        guard let first = self.unicodeScalars.first else { return false }
        return (first == "_" || first.properties.isXIDStart)
            && self.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
    }
}
