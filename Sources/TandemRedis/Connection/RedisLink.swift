// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore
import NIOPosix

/// Who talks over a link, on its event loop.
protocol RedisLinkUser: AnyObject {
    /// Redis has let us in.
    func linkOpened()
    func received(_ value: RedisValue)
    /// Nothing came for a while: something is to be sent that is answered.
    func linkIsSilent()
    /// The connection broke, or none could be made.
    ///
    /// - Returns: Whether to connect again.
    func linkClosed(_ error: RedisError) -> Bool
}

/// A connection that is made anew when it breaks, after pauses that grow.
///
/// Belongs to one event loop.
final class RedisLink {
    let loop: any EventLoop
    weak var user: (any RedisLinkUser)?
    private let address: RedisAddress
    private let settings: RedisSettings
    private var phase = Phase.idle
    private var failures = 0
    /// Whether anything came since the last look, and whether something is asked for that must come.
    private var (heard, isAsked) = (false, false)

    private enum Phase {
        case idle
        case connecting
        /// Connected; so many answers to the greeting are missing.
        case greeting(Connection, [[RedisArgument]])
        case open(Connection)
        case pausing
        case closed
    }

    /// A channel, and the handler by which it is known.
    private struct Connection {
        let channel: any Channel
        let handler: ReplyHandler
    }

    init(_ address: RedisAddress, _ settings: RedisSettings, on loop: any EventLoop) {
        self.address = address
        self.settings = settings
        self.loop = loop
    }

    var isOpen: Bool { if case .open = self.phase { true } else { false } }

    /// Connects, if that is not under way already.
    func open() {
        if case .idle = self.phase { self.connect() }
    }

    func write(_ buffer: ByteBuffer) {
        if case .open(let connection) = self.phase { connection.channel.writeAndFlush(buffer, promise: nil) }
    }

    /// Closes it for good.
    func close() {
        let connection = self.connection
        self.phase = .closed
        connection?.channel.close(promise: nil)
    }

    /// Gives the connection up, and tells the user.
    func fail(_ error: RedisError) {
        let connection = self.connection
        if case .closed = self.phase { return }
        self.phase = .idle
        connection?.channel.close(promise: nil)
        if self.user?.linkClosed(error) ?? false { self.pause() }
    }

    private var connection: Connection? {
        switch self.phase {
        case .greeting(let connection, _), .open(let connection): connection
        default: nil
        }
    }
}

// MARK: - Connecting

extension RedisLink {
    private func pause() {
        guard case .idle = self.phase else { return }
        let (shortest, longest) = (self.settings.reconnectDelay.lowerBound, self.settings.reconnectDelay.upperBound)
        let full = min(longest, shortest * (1 << min(self.failures, 16)))
        self.failures += 1
        self.phase = .pausing
        let me = NIOLoopBound(self, eventLoop: self.loop)
        self.loop.scheduleTask(in: .init(full * Double.random(in: 0.5...1))) {
            let link = me.value
            if case .pausing = link.phase { link.connect() }
        }
    }

    private func connect() {
        self.phase = .connecting
        let handler = ReplyHandler(self, ReplyReader(limit: self.settings.replyBytes))
        let bound = NIOLoopBound(handler, eventLoop: self.loop)
        let bootstrap = ClientBootstrap(group: self.loop)
            .connectTimeout(.init(self.settings.connectTimeout))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
            }
        let connecting =
            switch self.address.place {
            case .host(let host, let port):
                bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
            case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
            }
        let me = NIOLoopBound(self, eventLoop: self.loop)
        connecting.hop(to: self.loop).whenComplete { me.value.connected($0, bound.value) }
    }

    private func connected(_ result: Result<any Channel, any Error>, _ handler: ReplyHandler) {
        guard case .connecting = self.phase else {
            if case .success(let channel) = result { channel.close(promise: nil) }
            return
        }
        switch result {
        case .failure(let error): self.fail(.disconnected("\(error)"))
        case .success(let channel):
            // The last shows that the server answers: one that loads its data, or stands still, is connected to as well.
            let greeting = self.address.greeting(clientName: self.settings.clientName) + [["PING"]]
            self.phase = .greeting(Connection(channel: channel, handler: handler), greeting)
            for command in greeting { channel.write(RedisCommand(command).buffer, promise: nil) }
            channel.flush()
            let me = NIOLoopBound(self, eventLoop: self.loop)
            let bound = NIOLoopBound(handler, eventLoop: self.loop)
            self.loop.scheduleTask(in: .init(self.settings.connectTimeout)) { me.value.expectOpen(bound.value) }
        }
    }

    private func expectOpen(_ handler: ReplyHandler) {
        guard case .greeting(let connection, _) = self.phase, connection.handler === handler else { return }
        self.fail(.disconnected("Redis has taken the connection and says nothing."))
    }
}

// MARK: - What a channel brings

extension RedisLink {
    func received(_ value: RedisValue, from handler: ReplyHandler) {
        guard let connection = self.connection, connection.handler === handler else { return }
        self.heard = true
        guard case .greeting(_, var greeting) = self.phase else {
            self.user?.received(value)
            return
        }
        let command = greeting.removeFirst()
        if case .error(let text) = value, command.first != "CLIENT" { return self.fail(.refused(text)) }
        if !greeting.isEmpty {
            self.phase = .greeting(connection, greeting)
            return
        }
        self.phase = .open(connection)
        self.failures = 0
        self.isAsked = false
        self.watch(handler)
        self.user?.linkOpened()
    }

    func failed(_ error: RedisError, _ handler: ReplyHandler) {
        if self.connection?.handler === handler { self.fail(error) }
    }

    /// Asks a silent server for something, and gives up one that stays silent.
    private func watch(_ handler: ReplyHandler) {
        self.heard = false
        let me = NIOLoopBound(self, eventLoop: self.loop)
        let bound = NIOLoopBound(handler, eventLoop: self.loop)
        self.loop.scheduleTask(in: .init(self.settings.pingInterval)) {
            let link = me.value
            guard link.connection?.handler === bound.value else { return }
            if !link.heard, link.isAsked { return link.fail(.disconnected("Redis has stopped answering.")) }
            link.isAsked = !link.heard
            if link.isAsked { link.user?.linkIsSilent() }
            link.watch(bound.value)
        }
    }
}

/// The end of a channel's pipeline: bytes become values.
final class ReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let link: RedisLink
    private let reader: ReplyReader

    init(_ link: RedisLink, _ reader: ReplyReader) {
        self.link = link
        self.reader = reader
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do throws(RedisError) {
            try self.reader.read(self.unwrapInboundIn(data)) { self.link.received($0, from: self) }
        } catch {
            self.link.failed(error, self)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.link.failed(.disconnected("Redis closed the connection."), self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.link.failed(.disconnected("\(error)"), self)
        context.close(promise: nil)
    }
}
#endif
