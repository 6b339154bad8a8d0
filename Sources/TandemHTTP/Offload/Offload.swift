// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Runs work that keeps a processor busy on threads of its own, so that no event loop is held.
///
/// ```swift
/// let thumbnail = try await offload { try image.scaled(to: 256) }
/// ```
///
/// Task-local values and the task's priority hold in the work, and `Task.isCancelled` tells it when its client is
/// gone. It runs on ``OffloadPool/shared``.
///
/// - Throws: What `work` throws; `CancellationError` where the task was cancelled before the work had started;
///   ``HTTPError`` with 503 and the code `offload-queue-full` where too many calls wait already.
public func offload<T: Sendable>(_ work: @Sendable () throws -> T) async throws -> T {
    try await OffloadPool.shared.run(work)
}
