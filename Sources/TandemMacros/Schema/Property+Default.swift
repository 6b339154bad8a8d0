// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

extension Property {
    /// Whether its default is the same each time, so that it can stand in a description or in a table.
    var hasFixedDefault: Bool {
        guard let fallback, !self.isNow else { return false }
        let calls = VolatileCalls(type: self.plainType)
        calls.walk(fallback)
        return !calls.isFound
    }

    /// Whether its default is the time.
    var isNow: Bool {
        let texts = [".now", "Date.now", "Date()", ".init()", "Date.init()"]
        return self.plainType == "Date" && texts.contains(self.fallback?.trimmedDescription ?? "")
    }

    /// The name of its type, without what it is part of and whether it is optional.
    var plainType: String {
        let type = (self.optionalType ?? self.type).trimmed
        return type.as(MemberTypeSyntax.self)?.name.text ?? type.description
    }
}

/// Looks in an expression for what may be another value each time: the time, a fresh UUID, the result of a function.
private final class VolatileCalls: SyntaxVisitor {
    private static let changing: Set = ["Date", "UUID"]
    private let type: String
    private(set) var isFound = false

    /// - Parameter type: What `.init()` makes.
    init(type: String) {
        self.type = type
        super.init(viewMode: .sourceAccurate)
    }

    override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
        let made = self.madeType(node.calledExpression)
        if made == nil || node.arguments.isEmpty && made.map(Self.changing.contains) ?? false { self.isFound = true }
        return .visitChildren
    }

    override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
        if node.declName.baseName.text == "now", (node.base?.trimmedDescription ?? self.type) == "Date" {
            self.isFound = true
        }
        return .visitChildren
    }

    /// The type whose initializer, or whose case, is called; `nil` where it is a function.
    private func madeType(_ called: ExprSyntax) -> String? {
        if called.is(ArrayExprSyntax.self) || called.is(DictionaryExprSyntax.self) { return "" }
        if let generic = called.as(GenericSpecializationExprSyntax.self) { return self.madeType(generic.expression) }
        if let name = called.as(DeclReferenceExprSyntax.self)?.baseName.text {
            return name.first?.isUppercase ?? false ? name : nil
        }
        guard let member = called.as(MemberAccessExprSyntax.self) else { return nil }
        let name = member.declName.baseName.text
        if name == "init" { return member.base.map(self.madeType) ?? self.type }
        return name.first?.isUppercase ?? false ? name : nil
    }
}
