// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What went wrong between us and Redis.
public enum RedisError: Error, Sendable, Equatable {
    /// Redis answered with an error: its text, such as `WRONGTYPE Operation against a key …`.
    case refused(String)
    /// The connection is lost, or none could be made: why. A command that was sent may have run or not.
    case disconnected(String)
    /// No answer came within `RedisSettings.timeout`. A command that was sent may have run or not.
    case timedOut
    /// As many commands wait as `RedisSettings` allows; this one was not sent.
    case overloaded
    /// Redis sent what is no answer, or one beyond the limits of `RedisSettings`; the connection was closed.
    case malformed(String)
    /// The answer is of another type than the command's answers are: what came, and for what.
    case unexpected(String)
    /// A URL or a command that cannot be used, and why; nothing was sent.
    case invalid(String)
    /// The client was closed.
    case closed
}

extension RedisError: CustomStringConvertible {
    /// A sentence for people.
    public var description: String {
        switch self {
        case .refused(let text): "Redis refused: \(text)"
        case .disconnected(let reason): "No connection to Redis: \(reason)"
        case .timedOut: "Redis did not answer in time."
        case .overloaded: "Too many commands wait for Redis."
        case .malformed(let what): "Redis sent what cannot be read: \(what)"
        case .unexpected(let what): "Redis answered with something else: \(what)"
        case .invalid(let what): what
        case .closed: "The Redis client was closed."
        }
    }
}
