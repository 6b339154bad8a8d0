// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// A declaration that cannot be what it says it is: what is wrong, and what to write.
struct Mistake: Error, DiagnosticMessage {
    let message: String
    let node: Syntax
    let severity: DiagnosticSeverity

    var diagnosticID: MessageID { MessageID(domain: "Tandem", id: "declaration") }

    init(_ message: String, at node: some SyntaxProtocol, severity: DiagnosticSeverity = .error) {
        self.message = message
        self.node = Syntax(node)
        self.severity = severity
    }
}

extension MacroExpansionContext {
    /// Shows a mistake at its place.
    func diagnose(_ mistake: Mistake) {
        self.diagnose(Diagnostic(node: mistake.node, message: mistake))
    }
}
