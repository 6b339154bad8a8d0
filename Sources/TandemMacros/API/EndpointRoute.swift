// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax

/// What `@GET("{id}")` says.
struct EndpointRoute {
    /// The method as a member of `Method`, such as `get`.
    let method: String
    let path: String
    /// The names in the path.
    let parameterNames: [String]
    /// The expression of the middleware that its calls alone go through.
    let middleware: String?
    /// What to point at where the path is wrong.
    let place: Syntax

    /// Whether requests of the method have no body that means anything (RFC 9110, section 9.3).
    var hasNoBody: Bool { ["get", "head", "delete"].contains(self.method) }

    /// The attributes that make a function an endpoint.
    static let attributes: Set<String> = ["GET", "POST", "PUT", "PATCH", "DELETE", "Route"]

    init(_ attribute: AttributeSyntax) throws(Mistake) {
        var arguments = attribute.list.map { $0 }
        if attribute.name == "Route" {
            guard let first = arguments.first?.expression else {
                throw Mistake("write the method and the path: @Route(.head, \"{id}\")", at: attribute)
            }
            arguments.removeFirst()
            self.method =
                first.as(MemberAccessExprSyntax.self)?.declName.baseName.text ?? "init(\(first.trimmedDescription))"
        } else {
            self.method = attribute.name.lowercased()
        }
        let path = arguments.first { $0.label == nil }
        self.path = try path.map { (argument) throws(Mistake) in try Self.text(argument) } ?? ""
        self.middleware = arguments.first { $0.label?.text == "middleware" }?.expression.trimmedDescription
        self.place = path.map { Syntax($0.expression) } ?? Syntax(attribute)
        self.parameterNames = try Self.names(in: self.path, at: self.place)
    }

    static func text(_ argument: LabeledExprSyntax) throws(Mistake) -> String {
        guard let text = argument.expression.stringValue else {
            throw Mistake(
                "a path is a string without interpolation, so that it can be checked here",
                at: argument.expression
            )
        }
        return text
    }

    /// The names of `{id}` and `{path*}`.
    static func names(in path: String, at place: Syntax) throws(Mistake) -> [String] {
        var names: [String] = []
        var rest = path[...]
        while let opening = rest.firstIndex(of: "{") {
            guard let closing = rest[opening...].firstIndex(of: "}") else {
                throw Mistake("a brace of the path is not closed", at: place)
            }
            let name = rest[rest.index(after: opening)..<closing]
            names.append(String(name.last == "*" ? name.dropLast() : name))
            rest = rest[rest.index(after: closing)...]
        }
        return names
    }
}

/// What the `@API("/orgs/{org}")` of the type around a function says.
struct APIAttribute {
    let parameterNames: [String]

    init(_ context: [Syntax]) throws(Mistake) {
        let attributes = context.first?.as(StructDeclSyntax.self)?.attributes ?? []
        let attribute = attributes.lazy.compactMap { $0.as(AttributeSyntax.self) }.first { $0.name == "API" }
        guard let path = attribute?.list.first(where: { $0.label == nil }) else {
            self.parameterNames = []
            return
        }
        self.parameterNames = try EndpointRoute.names(in: EndpointRoute.text(path), at: Syntax(path.expression))
    }
}
