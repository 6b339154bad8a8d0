// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// A TCP connection that sends what it is told, byte for byte.
final class RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    /// What was read and not taken.
    var received = ByteBuffer()

    private init(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    /// Connects to a port of 127.0.0.1 for the length of `body`.
    static func open<Result>(to port: Int, _ body: (RawConnection) async throws -> Result) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(RawConnection(inbound, outbound))
        }
    }

    func send(_ bytes: some Sequence<UInt8>) async throws {
        try await self.outbound.write(ByteBuffer(bytes: bytes))
    }

    func send(_ text: String) async throws {
        try await self.send(text.utf8)
    }

    /// Reads more; false once the server has closed.
    func readMore() async throws -> Bool {
        do {
            guard let bytes = try await self.inbound.next(isolation: #isolation) else { return false }
            self.received.writeImmutableBuffer(bytes)
            return true
        } catch is IOError {
            return false
        }
    }

    /// Takes bytes, or returns `nil` where the server closes first.
    func take(_ count: Int) async throws -> ByteBuffer? {
        while self.received.readableBytes < count {
            guard try await self.readMore() else { return nil }
        }
        return self.received.readSlice(length: count)
    }

    /// All until the server closes.
    func readToEnd() async throws -> String {
        while try await self.readMore() {}
        return String(buffer: self.received)
    }
}
