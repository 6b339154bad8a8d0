// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import TandemHTTP

/// A message, as Engine.IO carries it from one side to the other.
package enum EngineMessage: Sendable, Hashable {
    case text(String)
    case binary(Bytes)

    /// How many bytes it is by itself.
    var byteCount: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
