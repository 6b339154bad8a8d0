// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore

/// Stands between HTTP/2 and the socket: small frames leave in one write, and so in one TLS record.
final class FrameWriter: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let loop: LoopState
    private var gathered: ByteBuffer?
    /// Whether what arrives is dropped, since the connection is over.
    var ignoresInput = false

    /// Frames up to this size are copied.
    private static let copyLimit = 8 * 1024
    /// A TLS record holds as much.
    private static let gatherLimit = 16 * 1024

    init(loop: LoopState) {
        self.loop = loop
    }

    /// Says that the server is about to close, and that streams may still be opened until it says which was the last
    /// (RFC 9113, section 6.8).
    ///
    /// The library, told of such a frame, would refuse new streams at once.
    func writeShutdownNotice() {
        var frame = ByteBuffer()
        frame.writeBytes([0, 0, 8, 7, 0])
        frame.writeInteger(UInt32(0))
        frame.writeInteger(UInt32(Int32.max))
        frame.writeInteger(UInt32(0))
        self.gather(frame)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !self.ignoresInput { context.fireChannelRead(data) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if promise == nil, case .byteBuffer(let bytes) = self.unwrapOutboundIn(data),
            bytes.readableBytes <= Self.copyLimit
        {
            let gathered = self.gathered?.readableBytes ?? 0
            if gathered + bytes.readableBytes > Self.gatherLimit { self.release(to: context) }
            self.gather(bytes)
        } else {
            self.release(to: context)
            context.write(data, promise: promise)
        }
    }

    func flush(context: ChannelHandlerContext) {
        guard let gathered = self.gathered.take() else { return context.flush() }
        context.writeAndFlush(self.wrapOutboundOut(.byteBuffer(gathered)), promise: nil)
        self.loop.giveBackWriteBuffer(gathered)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if self.gathered != nil { self.flush(context: context) }
        context.close(mode: mode, promise: promise)
    }

    private func gather(_ bytes: ByteBuffer) {
        // Taken out while it changes, or the change would copy it.
        var gathered = self.gathered.take() ?? self.loop.takeWriteBuffer()
        gathered.writeImmutableBuffer(bytes)
        self.gathered = gathered
    }

    private func release(to context: ChannelHandlerContext) {
        guard let gathered = self.gathered.take() else { return }
        context.write(self.wrapOutboundOut(.byteBuffer(gathered)), promise: nil)
    }
}
#endif
