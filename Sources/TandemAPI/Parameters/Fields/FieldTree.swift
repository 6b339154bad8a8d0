// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Texts under names that stand in each other: `address[city]=Berlin` is under `address`, and there under `city`.
struct FieldTree {
    /// The texts under the name itself, in order.
    private(set) var texts: [String] = []
    /// The names below it, in the order in which they came.
    private(set) var names: [String] = []
    private var children: [String: FieldTree] = [:]

    init(texts: [String] = []) {
        self.texts = texts
    }

    /// What is below a name.
    subscript(name: String) -> FieldTree? { self.children[name] }

    /// Adds a text below the names of a path.
    mutating func add(_ text: String, at path: some Collection<String>) {
        guard let name = path.first else { return self.texts.append(text) }
        if self.children[name] == nil { self.names.append(name) }
        self.children[name, default: FieldTree()].add(text, at: path.dropFirst())
    }
}
