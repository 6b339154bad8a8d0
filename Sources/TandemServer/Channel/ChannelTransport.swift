// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A channel of NIO's that carries an HTTP/1 connection or a WebSocket: what TLS needs, and where there is no reactor.
final class ChannelTransport: ChannelDuplexHandler, RemovableChannelHandler, Transport {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let loop: LoopState
    private let info: ConnectionInfo
    private let isWelcome: Bool
    private var connection: (any CarriedConnection)?
    private var context: ChannelHandlerContext?
    private(set) var pendingBytes = 0
    private var isReading = true
    private var holdsRead = false

    /// A transport for a connection, which begins once the channel is active.
    init(loop: LoopState, info: ConnectionInfo, isWelcome: Bool) {
        self.loop = loop
        self.info = info
        self.isWelcome = isWelcome
    }

    // MARK: - What the channel tells

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { self.open() }
    }

    func channelActive(context: ChannelHandlerContext) {
        self.open()
    }

    private func open() {
        guard self.connection == nil else { return }
        let connection = HTTP1Connection(
            transport: self,
            loop: self.loop,
            info: self.info,
            isWelcome: self.isWelcome
        )
        self.connection = connection
        connection.opened()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.end()
        context.fireChannelInactive()
    }

    private func end() {
        let connection = self.connection
        self.connection = nil
        connection?.closed()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.connection?.received(self.unwrapInboundIn(data))
    }

    func read(context: ChannelHandlerContext) {
        if self.isReading {
            context.read()
        } else {
            self.holdsRead = true
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { self.connection?.inputEnded() }
        context.fireUserInboundEventTriggered(event)
    }

    /// The socket failed, or TLS did; nobody can be answered.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    // MARK: - What the connection asks

    var sendsFiles: Bool { false }

    func setReading(_ isReading: Bool) {
        self.isReading = isReading
        if isReading, self.holdsRead {
            self.holdsRead = false
            self.context?.read()
        }
    }

    func write(_ bytes: ByteBuffer) {
        guard let context = self.context, bytes.readableBytes > 0 else { return }
        let count = bytes.readableBytes
        self.pendingBytes += count
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in self.wrote(count) }
        context.write(self.wrapOutboundOut(bytes), promise: written)
    }

    /// Files are not sent as such here; see `sendsFiles`.
    func write(_ file: TandemHTTP.FileRegion) {
        var bytes = ByteBuffer()
        guard file.read(into: &bytes) else { return self.close() }
        self.write(bytes)
    }

    func flush(_ bytes: inout ByteBuffer) {
        self.write(bytes)
        bytes = ByteBuffer()
        self.context?.flush()
    }

    private func wrote(_ count: Int) {
        let wasFull = self.pendingBytes >= WaterMark.low
        self.pendingBytes -= count
        if self.pendingBytes == 0 { self.connection?.allWritten() }
        if wasFull, self.pendingBytes < WaterMark.low { self.connection?.becameWritable() }
    }

    func closeOutput() {
        self.context?.close(mode: .output, promise: nil)
    }

    func close() {
        self.context?.close(promise: nil)
    }

    func reset() {
        guard let channel = self.context?.channel else { return }
        _ = (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        channel.close(promise: nil)
    }

    func handOver(to connection: any CarriedConnection) {
        self.connection = connection
    }

    func switchToHTTP2(_ received: ByteBuffer, info: ConnectionInfo) {
        guard let context = self.context else { return }
        self.end()
        #if HTTP2
        let pipeline = context.pipeline.syncOperations
        do {
            try HTTP2Connection.install(behind: self, in: pipeline, loop: self.loop, info: info, isWelcome: true)
        } catch {
            return self.close()
        }
        context.fireChannelRead(self.wrapInboundOut(received))
        context.fireChannelReadComplete()
        pipeline.removeHandler(context: context, promise: nil)
        #else
        context.close(promise: nil)
        #endif
    }
}
