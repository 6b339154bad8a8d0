// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import TandemHTTP

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension ChannelGroup {
    /// Takes over a plain connection that has begun to speak HTTP/2.
    ///
    /// - Parameters:
    ///   - descriptor: The socket, which is the group's from now on.
    ///   - received: What the client has sent so far.
    ///   - info: What is known of the connection.
    func adopt(_ descriptor: CInt, received: ByteBuffer, info: ConnectionInfo) {
        #if HTTP2
        _ = self.context.connectionOpened()
        ClientBootstrap(group: self.eventLoops)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let loop = self.loopState(on: channel.eventLoop)
                    try ChannelAcceptor.setOptions(of: channel, on: loop)
                    try HTTP2Connection.install(
                        in: channel.pipeline.syncOperations, loop: loop, info: info, isWelcome: true)
                }
            }
            .withConnectedSocket(descriptor)
            .whenComplete { [context] result in
                // Where there is no channel, the bootstrap has closed the socket.
                guard case .success(let channel) = result else { return context.connectionClosed() }
                channel.closeFuture.whenComplete { _ in context.connectionClosed() }
                channel.pipeline.fireChannelRead(received)
                channel.pipeline.fireChannelReadComplete()
            }
        #else
        close(descriptor)
        #endif
    }
}
