// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What types are called in TypeScript.
package enum TypeScriptNames {
    /// Names of the language, and of what stands around.
    private static let taken: Set<String> = [
        "Array", "AsyncIterable", "Blob", "Boolean", "Date", "Error", "File", "Function", "Map", "Number", "Object",
        "Promise", "Record", "Response", "Set", "String", "Symbol",
    ]

    /// Names beside those of the language.
    package static func unique(taken: Set<String> = []) -> UniqueNames {
        UniqueNames(taken: self.taken.union(taken))
    }
}
