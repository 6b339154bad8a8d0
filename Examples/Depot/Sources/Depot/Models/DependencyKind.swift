// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// How one package needs another, or gets along with it.
@Schema enum DependencyKind: String, CaseIterable {
    /// It must be there before this one is unpacked.
    case preDepends = "pre-depends"
    /// It must be there.
    case depends
    /// It is there in all but unusual installations.
    case recommends
    /// It makes this one more useful.
    case suggests
    /// This one makes it more useful.
    case enhances
    /// This one does its work too.
    case provides

    /// The field of Debian's control format.
    var field: String { self.rawValue }
}
