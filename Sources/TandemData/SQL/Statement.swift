// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A statement for a driver: text with `?1` or `$1` where values go, and the values.
package struct Statement: Sendable {
    package let text: String
    package let values: [SQLValue]
    /// Whether it changes anything, as far as that is known.
    package private(set) var access: Access

    package init(_ text: String, _ values: [SQLValue] = [], access: Access = .unknown) {
        self.text = text
        self.values = values
        self.access = access
    }

    /// The same as one that no replica answers.
    var onPrimary: Statement {
        var statement = self
        if self.access == .read { statement.access = .freshRead }
        return statement
    }

    package enum Access: Sendable {
        case read
        /// A read that no replica may answer: it is to see what was written just before.
        case freshRead
        case write
        /// SQL by hand: the driver finds out.
        case unknown
    }
}
