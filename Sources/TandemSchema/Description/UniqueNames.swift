// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Names of one place, of which no two are the same.
package struct UniqueNames: Sendable {
    private var taken: Set<String>

    /// Names beside those that are taken.
    package init(taken: Set<String> = []) {
        self.taken = taken
    }

    /// The name that is wanted, or else one with a number.
    package mutating func take(_ wanted: String) -> String {
        var name = wanted
        var number = 2
        while !self.taken.insert(name).inserted {
            name = "\(wanted)\(number)"
            number += 1
        }
        return name
    }

    /// The names of declared types, by those of the document.
    package mutating func types(_ declarations: [TypeDeclaration]) -> [String: String] {
        var names: [String: String] = [:]
        for declaration in declarations { names[declaration.name] = self.take(Identifier(declaration.name).type) }
        return names
    }
}
