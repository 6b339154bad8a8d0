// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax
import SwiftSyntaxMacros

/// A function that answers calls, as it was declared.
struct EndpointFunction {
    let name: String
    /// `public `, `package ` or nothing.
    let access: String
    let method: String
    /// The path below that of the API.
    let path: String
    let parameters: [Parameter]
    let result: String
    let errors: String?
    let isAsync: Bool
    let isThrowing: Bool
    let documentation: String?

    /// One of its parameters, and where it comes from.
    struct Parameter {
        let label: String?
        let name: String
        let type: String
        let fallback: String?
        let source: Source

        enum Source {
            case path, body, named
        }
    }

    init(
        _ attribute: AttributeSyntax,
        _ function: FunctionDeclSyntax,
        in context: some MacroExpansionContext
    ) throws(Mistake) {
        try Self.check(function)
        let route = try EndpointRoute(attribute)
        let names = try route.parameterNames + APIAttribute(context.lexicalContext).parameterNames
        self.name = function.name.text.withoutBackticks
        self.access = function.modifiers.access
        self.method = route.method
        self.path = route.path
        self.parameters = try Self.parameters(of: function, route, names)
        self.result = function.signature.returnClause?.type.trimmedDescription ?? "Void"
        let effects = function.signature.effectSpecifiers
        self.errors = effects?.throwsClause?.type?.trimmedDescription
        self.isAsync = effects?.asyncSpecifier != nil
        self.isThrowing = effects?.throwsClause != nil
        self.documentation = function.documentation
    }

    private static func check(_ function: FunctionDeclSyntax) throws(Mistake) {
        for modifier in function.modifiers where ["static", "class", "mutating"].contains(modifier.name.text) {
            throw Mistake(
                "an endpoint is a function of a value that does not change: remove '\(modifier.name.text)'",
                at: modifier
            )
        }
        if let generics = function.genericParameterClause {
            throw Mistake("an endpoint's types are known when it is compiled: it cannot be generic", at: generics)
        }
    }

    private static func parameters(
        of function: FunctionDeclSyntax,
        _ route: EndpointRoute,
        _ names: [String]
    ) throws(Mistake) -> [Parameter] {
        var parameters: [Parameter] = []
        for parameter in function.signature.parameterClause.parameters {
            let read = try Parameter(parameter, names)
            if read.source == .body {
                if parameters.contains(where: { $0.source == .body }) {
                    throw Mistake(
                        "a request has one body; give '\(read.name)' a label to take it from elsewhere",
                        at: parameter
                    )
                }
                if ["get", "head", "delete"].contains(route.method) {
                    throw Mistake(
                        "\(route.method.uppercased()) has no body; give '\(read.name)' a label to take it from the query",
                        at: parameter
                    )
                }
            }
            parameters.append(read)
        }
        for name in route.parameterNames
        where !parameters.contains(where: { $0.name == name && $0.source == .path }) {
            throw Mistake(
                "nothing takes {\(name)}: add the parameter '\(name)' to '\(function.name.text)'",
                at: route.place
            )
        }
        return parameters
    }
}

extension EndpointFunction.Parameter {
    init(_ parameter: FunctionParameterSyntax, _ names: [String]) throws(Mistake) {
        let label = parameter.firstName.text.withoutBackticks
        self.label = label == "_" ? nil : label
        let inner = (parameter.secondName ?? parameter.firstName).text.withoutBackticks
        self.name = self.label ?? inner
        self.type = parameter.type.trimmedDescription
        self.fallback = parameter.defaultValue?.value.trimmedDescription
        self.source = names.contains(self.name) ? .path : label == "_" ? .body : .named
        if let dots = parameter.ellipsis {
            throw Mistake("a parameter has a fixed number of values; write an array", at: dots)
        }
        let advice = "no request can hold this; take text, numbers, a @Schema type, or a Dependency"
        switch parameter.type.kind {
        case .functionType, .tupleType, .someOrAnyType, .metatypeType: throw Mistake(advice, at: parameter.type)
        case .attributedType:
            throw Mistake("a parameter is a plain value; remove what stands before its type", at: parameter.type)
        default: break
        }
    }
}

extension DeclModifierListSyntax {
    /// `public `, `package ` or nothing.
    var access: String {
        let level = self.first { ["public", "package", "open"].contains($0.name.text) }
        return level.map { "\($0.name.text) " } ?? ""
    }
}
