// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs code that blocks on a thread of its own, away from the few that tasks share.
func blocking<Result: Sendable>(_ body: sending @escaping () throws -> Result) async throws -> Result {
    // It is sent here, so nobody else has it, and one thread runs it.
    nonisolated(unsafe) let body = body
    return try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread {
            continuation.resume(with: Swift.Result { try body() })
        }
    }
}
