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
    /// The expression of its middleware.
    let middleware: String?
    let parameters: [Parameter]
    let result: String
    let errors: String?
    let isAsync: Bool
    let isThrowing: Bool
    let documentation: EndpointDocumentation
    /// The attribute that says it should not be used any more.
    let deprecation: String?

    /// One of its parameters, and where it comes from.
    struct Parameter {
        let label: String?
        let name: String
        /// The name inside the function, which its documentation uses.
        let localName: String
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
        self.middleware = route.middleware
        self.parameters = try Self.parameters(of: function, route, names)
        self.result = function.signature.returnClause?.type.trimmedDescription ?? "Void"
        let effects = function.signature.effectSpecifiers
        self.errors = effects?.throwsClause?.type?.trimmedDescription
        self.isAsync = effects?.asyncSpecifier != nil
        self.isThrowing = effects?.throwsClause != nil
        self.documentation = EndpointDocumentation(function.documentation ?? "")
        self.deprecation = function.attributes.deprecation
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

    /// Files are fields of a form in a body.
    private static func checkUpload(_ type: TypeSyntax, _ read: Parameter, _ route: EndpointRoute) throws(Mistake) {
        if read.source == .body {
            throw Mistake("a file is a field of a form: give '\(read.name)' a label, its name in the form", at: type)
        }
        if route.hasNoBody {
            throw Mistake("\(route.method.uppercased()) has no body to upload a file in; write @POST or @PUT", at: type)
        }
    }

    /// Whoever takes the body as it is leaves no form for files.
    private static func checkForm(_ parameters: FunctionParameterListSyntax) throws(Mistake) {
        guard parameters.contains(where: \.type.isUpload) else { return }
        for parameter in parameters where ["Bytes", "RequestBody"].contains(parameter.type.trimmedDescription) {
            throw Mistake(
                "the files are in the body: take its other fields as a @Schema type, or the files as parts of it",
                at: parameter.type
            )
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
                if route.hasNoBody {
                    throw Mistake(
                        "\(route.method.uppercased()) has no body; give '\(read.name)' a label to take it from the query",
                        at: parameter
                    )
                }
            }
            if parameter.type.isUpload { try Self.checkUpload(parameter.type, read, route) }
            parameters.append(read)
        }
        try Self.checkForm(function.signature.parameterClause.parameters)
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
        self.localName = inner
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

extension TypeSyntax {
    /// Whether it is an `UploadedFile`, an optional one or an array of them, as far as its words say.
    fileprivate var isUpload: Bool {
        if let optional = self.as(OptionalTypeSyntax.self) { return optional.wrappedType.isUpload }
        if let array = self.as(ArrayTypeSyntax.self) { return array.element.isUpload }
        return ["UploadedFile", "TandemHTTP.UploadedFile"].contains(self.trimmedDescription)
    }
}

extension AttributeListSyntax {
    /// `@available(*, deprecated)`, with whatever it says beside.
    var deprecation: String? {
        for case .attribute(let attribute) in self where attribute.name == "available" {
            guard case .availability(let arguments)? = attribute.arguments else { continue }
            let words = arguments.map(\.argument.trimmedDescription)
            if words.first == "*", words.dropFirst().contains(where: { $0.hasPrefix("deprecated") }) {
                return attribute.trimmedDescription
            }
        }
        return nil
    }
}

extension DeclModifierListSyntax {
    /// `public `, `package ` or nothing.
    var access: String {
        let level = self.first { ["public", "package", "open"].contains($0.name.text) }
        return level.map { "\($0.name.text) " } ?? ""
    }
}
