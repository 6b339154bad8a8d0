// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import TandemHTTP

extension ChannelGroup {
    /// Takes over a plain connection that has begun to speak HTTP/2.
    ///
    /// - Parameters:
    ///   - descriptor: The socket, which is the group's from now on.
    ///   - received: What the client has sent so far.
    ///   - info: What is known of the connection.
    nonisolated func adopt(_ descriptor: CInt, received: ByteBuffer, info: ConnectionInfo) {
        _ = self.context.connectionOpened()
        Task { await self.serveHTTP2(descriptor, received, info) }
    }

    private func serveHTTP2(_ descriptor: CInt, _ received: ByteBuffer, _ info: ConnectionInfo) async {
        #if HTTP2
        do {
            let group = try await self.start()
            let loops = self.loops
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop })?.value else {
                            return
                        }
                        try ChannelAcceptor.setOptions(of: channel, on: loop)
                        try HTTP2Connection.install(
                            in: channel.pipeline.syncOperations,
                            loop: loop,
                            info: info,
                            isWelcome: true
                        )
                    }
                }
                .withConnectedSocket(descriptor)
                .get()
            channel.closeFuture.whenComplete { [context] _ in context.connectionClosed() }
            channel.pipeline.fireChannelRead(received)
            channel.pipeline.fireChannelReadComplete()
            return
        } catch {
            // The bootstrap has closed the socket.
        }
        #else
        close(descriptor)
        #endif
        self.context.connectionClosed()
    }
}
