// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What went wrong between us and Redis.
public enum RedisError: Error, Sendable, Equatable {
    /// Redis answered with an error: its text, such as `WRONGTYPE Operation against a key …`.
    case refused(String)
    /// The connection is lost, or none could be made: why.
    case disconnected(String)
}
