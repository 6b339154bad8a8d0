// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// That a row of a table was inserted, updated or deleted, as it is told after the commit.
package struct RowChange: Sendable {
    package let table: String
    package let kind: Kind
    /// The row's key, as the model's `ID`; `nil` where many rows were changed, or which ones is not known.
    package let id: (any Sendable)?

    package init(_ table: String, _ kind: Kind, id: (any Sendable)?) {
        self.table = table
        self.kind = kind
        self.id = id
    }

    package enum Kind: Sendable {
        case inserted
        case updated
        case deleted
    }
}
