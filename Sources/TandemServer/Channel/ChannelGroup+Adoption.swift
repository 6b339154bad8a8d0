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
        // What is read must not overtake what was received before.
        ClientBootstrap(group: self.eventLoops)
            .channelOption(.autoRead, value: false)
            .withConnectedSocket(descriptor)
            .whenComplete { [context] result in
                // Where there is no channel, the bootstrap has closed the socket.
                guard case .success(let channel) = result else { return context.connectionClosed() }
                channel.closeFuture.whenComplete { _ in context.connectionClosed() }
                channel.eventLoop.execute { self.serveHTTP2(on: channel, received: received, info: info) }
            }
        #else
        close(descriptor)
        #endif
    }

    #if HTTP2
    private func serveHTTP2(on channel: any Channel, received: ByteBuffer, info: ConnectionInfo) {
        do {
            let loop = self.loopState(on: channel.eventLoop)
            try ChannelAcceptor.setOptions(of: channel, on: loop)
            let pipeline = channel.pipeline.syncOperations
            try HTTP2Connection.install(in: pipeline, loop: loop, info: info.moved(to: loop.executor), isWelcome: true)
            pipeline.fireChannelRead(NIOAny(received))
            pipeline.fireChannelReadComplete()
            try channel.syncOptions?.setOption(.autoRead, value: true)
        } catch {
            channel.close(promise: nil)
        }
    }
    #endif
}
