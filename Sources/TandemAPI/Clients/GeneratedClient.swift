// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// A language that clients are written in.
public enum ClientLanguage: String, Sendable, CaseIterable {
    /// An ES module with types; it needs `fetch`: a browser, or Node 18 and later.
    case typescript
    /// A module for Python 3.9 and later.
    case python
    /// A file for Swift 6 and Foundation.
    case swift
}

/// A typed client of an API, written from its OpenAPI document; it needs nothing but its language.
/// ```swift
/// let document = OpenAPIDocument(routes).json
/// let client = try GeneratedClient(of: document, in: .typescript)
/// ```
/// The same document makes the same text.
public struct GeneratedClient: Sendable {
    /// A file of a client.
    public struct File: Sendable, Hashable {
        /// What it is called by default.
        public let name: String
        /// What stands in it.
        public let text: String
    }

    /// The files; today each language needs one.
    public let files: [File]

    /// Writes a client.
    ///
    /// - Throws: `DescriptionError`, which names the place of what the document lacks.
    public init(of document: JSON, in language: ClientLanguage) throws(DescriptionError) {
        let description = try ClientDescription(document)
        switch language {
        case .typescript: self.files = [File(name: "client.ts", text: TypeScriptClient(description).text)]
        case .python: self.files = [File(name: "client.py", text: PythonClient(description).text)]
        case .swift: self.files = [File(name: "Client.swift", text: SwiftClient(description).text)]
        }
    }
}
