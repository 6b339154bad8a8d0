// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftCompilerPlugin
import SwiftSyntaxMacros

/// What SwiftPM builds and the compiler calls.
///
/// `Scripts/macros` leaves this file out: in a library, the compiler finds the macros by their names.
@main
struct Plugin: CompilerPlugin {
    let providingMacros: [any Macro.Type] = [
        SchemaMacro.self, MarkerMacro.self, APIMacro.self, EndpointMacro.self, ModelMacro.self,
    ]
}
