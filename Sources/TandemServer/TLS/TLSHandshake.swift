// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import NIOCore
import NIOTLS
import TandemHTTP

/// Waits for a handshake, then leaves the connection to the protocol that was agreed on (ALPN, RFC 7301).
final class TLSHandshake: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let loop: LoopState
    private let info: ConnectionInfo
    private let isWelcome: Bool
    private var channel: ChannelHandlerContext?
    private var deadline: NIODeadline
    var place = 0

    init(loop: LoopState, info: ConnectionInfo, isWelcome: Bool) {
        self.loop = loop
        self.info = info
        self.isWelcome = isWelcome
        self.deadline = loop.now + TimeAmount(loop.context.limits.headTimeout)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.channel = context
        self.loop.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.channel = nil
        self.loop.remove(self)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            self.handOver(context, negotiated)
        } else if event as? ChannelEvent == .inputClosed {
            self.abort()
        }
    }

    /// A client that fails to shake hands is a scanner, or has the wrong certificates; it has seen the alert.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.abort()
    }

    private func handOver(_ context: ChannelHandlerContext, _ negotiated: String?) {
        let pipeline = context.pipeline.syncOperations
        do {
            #if HTTP2
            if negotiated == "h2" {
                try HTTP2Connection.install(
                    behind: self,
                    in: pipeline,
                    loop: self.loop,
                    info: self.info,
                    isWelcome: self.isWelcome
                )
                return pipeline.removeHandler(context: context, promise: nil)
            }
            #endif
            let transport = ChannelTransport(loop: self.loop, info: self.info, isWelcome: self.isWelcome)
            try pipeline.addHandler(transport, position: .after(self))
            pipeline.removeHandler(context: context, promise: nil)
        } catch {
            self.abort()
        }
    }
}

extension TLSHandshake: ServedConnection {
    func tick(_ now: NIODeadline) {
        if now > self.deadline { self.abort() }
    }

    /// The handshake may be a request's; it gets as long as an idle connection has to bring one.
    func drain() {
        let grace = TimeAmount(self.loop.context.configuration.shutdownIdleGrace)
        self.deadline = min(self.deadline, self.loop.now + grace)
    }

    func abort() {
        self.channel?.close(promise: nil)
    }
}
#endif
