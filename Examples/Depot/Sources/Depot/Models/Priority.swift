// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// How much a system wants a package.
@Schema enum Priority: String, CaseIterable {
    /// Nothing works without it.
    case required
    /// Anybody who knows Unix would miss it.
    case important
    /// It is there unless somebody says no.
    case standard
    /// All the rest.
    case optional

    /// The priority that Debian calls so; what it says of old, `extra`, is `optional` by now.
    init(debian text: String?) {
        self = text.flatMap { Priority(rawValue: $0.lowercased()) } ?? .optional
    }
}
