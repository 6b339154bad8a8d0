// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One step of matching a path, from left to right.
package enum PathStep: Sendable, Hashable {
    /// These bytes, slashes among them, as ``CanonicalPath`` has them.
    case literal([UInt8])
    /// At least one byte, up to where the segment ends in `suffix`.
    case parameter(suffix: [UInt8])
    /// All that is left of the path, and be it nothing.
    case rest
}
