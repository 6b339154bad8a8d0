// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import SwiftSyntax
import SwiftSyntaxBuilder
package import SwiftSyntaxMacros

/// `@GET`, `@POST`, …: adds the function that makes an `Endpoint` of the one it stands at.
package struct EndpointMacro: PeerMacro {
    /// Adds `endpoint_` and the function's name.
    package static func expansion(
        of node: AttributeSyntax,
        providingPeersOf declaration: some DeclSyntaxProtocol,
        in context: some MacroExpansionContext
    ) throws -> [DeclSyntax] {
        do throws(Mistake) {
            guard let function = declaration.as(FunctionDeclSyntax.self) else {
                throw Mistake("@\(node.name) is for functions", at: node)
            }
            let endpoint = try EndpointFunction(node, function, in: context)
            let place = context.location(of: function.name)
            let source = place.map { "SourcePlace(fileID: \($0.file), line: \($0.line))" } ?? "SourcePlace()"
            return [DeclSyntax(stringLiteral: EndpointCode(endpoint).text(source))]
        } catch {
            context.diagnose(error)
            return []
        }
    }
}

/// The code that makes an `Endpoint` of a function.
struct EndpointCode {
    private let endpoint: EndpointFunction

    init(_ endpoint: EndpointFunction) {
        self.endpoint = endpoint
    }

    func text(_ source: String) -> String {
        """
        \(self.endpoint.deprecation ?? "")
        \(self.endpoint.access)func endpoint_\(self.endpoint.name)() -> Endpoint {
            \(self.endpoint.parameters.map(self.declaration).joined(separator: "\n"))
            return Endpoint(
                .\(self.endpoint.method),
                \(self.endpoint.path.literal),
                name: \(self.endpoint.name.literal),
                source: \(source),
                describe: { definitions in
                    \(self.description)
                },
                \(self.endpoint.isAsync ? "" : self.immediately)
                respond: { call in
                    \(self.answer(waits: true))
                }
            )\(self.endpoint.middleware.map { ".wrapped(in: \($0))" } ?? "")
        }
        """
    }

    private func declaration(_ parameter: EndpointFunction.Parameter) -> String {
        let name = parameter.name
        switch parameter.source {
        case .path: return "let _\(name) = Parameters.path(\(name.literal), \(parameter.type).self)"
        case .body: return "let _\(name) = Parameters.body(\(parameter.type).self)"
        case .named:
            let fallback = parameter.fallback.map { ", default: \($0)" } ?? ""
            return "let _\(name) = Parameters.named(\(name.literal), \(parameter.type).self\(fallback))"
        }
    }

    private var description: String {
        let documentation = self.endpoint.documentation
        var lines = [
            """
            operation = Operation(
                \(self.endpoint.name.literal),
                summary: \(documentation.summary?.literal ?? "nil"),
                details: \(documentation.details?.literal ?? "nil"),
                result: Results.describe(\(self.endpoint.result).self, in: &definitions)
            )
            """
        ]
        if let result = documentation.result { lines.append("operation.result.summary = \(result.literal)") }
        lines += self.endpoint.parameters.map { parameter in
            guard let text = documentation.parameters[parameter.localName] else {
                return "_\(parameter.name).describe(in: &operation, &definitions)"
            }
            return "operation.document(\(text.literal)) { _\(parameter.name).describe(in: &$0, &definitions) }"
        }
        if let errors = self.endpoint.errors { lines.append("operation.addErrors(of: \(errors).self)") }
        if self.endpoint.deprecation != nil { lines.append("operation.isDeprecated = true") }
        lines[0] = (lines.count > 1 ? "var " : "let ") + lines[0]
        return (lines + ["return operation"]).joined(separator: "\n")
    }

    private var immediately: String {
        let ready = self.endpoint.parameters.map { "_\($0.name).isReady(in: call)" }.joined(separator: ", ")
        return """
            respondImmediately: { call in
                \(ready.isEmpty ? "" : "guard \(ready) else { return nil }")
                \(self.answer(waits: false))
            },
            """
    }

    /// Reads the arguments, calls the function and makes a response of its result.
    private func answer(waits: Bool) -> String {
        let names = self.endpoint.parameters.map(\.name)
        let arguments = self.endpoint.parameters.map { ($0.label.map { "\($0): " } ?? "") + "`\($0.name)`" }
        let effects = (self.endpoint.isThrowing ? "try " : "") + (self.endpoint.isAsync ? "await " : "")
        let call = "\(effects)self.`\(self.endpoint.name)`(\(arguments.joined(separator: ", ")))"
        let answer = "return try Results.response(\(call), to: call)"
        if names.isEmpty { return answer }
        // The body last: whoever may not call is told so before it is read, and files come out of the same form.
        let parameters = self.endpoint.parameters
        let inOrder = parameters.filter { $0.source != .body } + parameters.filter { $0.source == .body }
        let reading = inOrder.map(\.name).map { name in
            "let `\(name)` = try \(waits ? "await _\(name).readWaiting" : "_\(name).read")(&reading)"
        }
        let checks = names.map { "let `\($0)`" }.joined(separator: ", ")
        return """
            var reading = CallReading(call)
            \(reading.joined(separator: "\n"))
            guard reading.isFlawless, \(checks) else { throw reading.failure }
            \(answer)
            """
    }
}
