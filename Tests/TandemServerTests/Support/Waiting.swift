// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Waits until the task is cancelled, and throws then.
func untilCancelled() async throws -> Never {
    let nothing = AsyncStream<Never>.makeStream()
    for await _ in nothing.stream {}
    throw CancellationError()
}
