// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore

/// A command as it goes over the wire: an array of bulk strings.
struct RedisCommand: Sendable {
    /// Its bytes.
    private(set) var buffer: ByteBuffer
    /// How many answers come before the one that counts.
    var precedingReplies = 0

    init(_ parts: [RedisArgument]) {
        self.buffer = ByteBuffer()
        self.append(parts)
    }

    /// Several commands as one, all of them run without another's between: the answer is an array.
    init(transaction commands: [[RedisArgument]]) {
        self.init(["MULTI"])
        for command in commands { self.append(command) }
        self.append(["EXEC"])
        self.precedingReplies = commands.count + 1
    }

    private mutating func append(_ parts: [RedisArgument]) {
        self.buffer.reserveCapacity(minimumWritableBytes: parts.reduce(16) { $0 + $1.count + 16 })
        self.buffer.writeString("*\(parts.count)\r\n")
        for part in parts {
            self.buffer.writeString("$\(part.count)\r\n")
            switch part.content {
            case .text(let text): self.buffer.writeString(text)
            case .bytes(let bytes): self.buffer.writeBytes(bytes)
            }
            self.buffer.writeString("\r\n")
        }
    }
}

extension RedisCommand {
    /// Commands whose answers would not come one by one in order, so that the callers beside would get each other's.
    private static let unusable: Set<String> = [
        "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR", "SYNC",
        "PSYNC", "QUIT", "RESET", "HELLO", "MULTI", "EXEC", "DISCARD", "WATCH", "UNWATCH", "SELECT",
    ]

    /// Refuses what a connection that many share cannot run.
    static func check(_ parts: [RedisArgument]) throws(RedisError) {
        guard let first = parts.first, case .text(let name) = first.content, !name.isEmpty else {
            throw .invalid("A command begins with its name, as a text.")
        }
        let isReplyOff = parts.count > 1 && parts[1].content == .text("REPLY") && name.uppercased() == "CLIENT"
        if isReplyOff || Self.unusable.contains(name.uppercased()) {
            throw .invalid(
                "\(name) would change the connection that all share: use subscribe, transaction, or the URL's database."
            )
        }
    }
}
#endif
