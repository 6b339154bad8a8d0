// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import Synchronization
public import TandemRedis

/// Rooms that reach over processes by Redis: those of Tandem, and those of Node with `@socket.io/redis-adapter` or
/// `@socket.io/redis-emitter`.
///
/// ```swift
/// let redis = try Redis(url: "redis://127.0.0.1:6379")
/// let io = SocketIOServer { RedisAdapter($0, redis) }
/// ```
/// Redis counts processes by their connections, so two servers need a client each, even within one process.
///
/// While Redis is away, the sockets of this process are served as before; what others send meanwhile does not come here.
/// What asks the other processes (`fetchSockets`, acknowledgements of all clients) throws then.
public final class RedisAdapter: SocketIOAdapter {
    /// The sockets of this process.
    public let local: LocalSockets
    let redis: Redis
    let settings: RedisAdapterSettings
    let channels: RedisChannels
    /// The name of this process among the others.
    let id = ClusterID.short()
    let requests = ClusterRequests()
    private let reading = Mutex<Task<Void, Never>?>(nil)

    /// An adapter over a client, which others may use as well.
    public init(_ local: LocalSockets, _ redis: Redis, _ settings: RedisAdapterSettings = RedisAdapterSettings()) {
        self.local = local
        self.redis = redis
        self.settings = settings
        self.channels = RedisChannels(key: settings.key, namespace: local.namespace, id: self.id)
    }

    // MARK: - Its life

    /// Subscribes; where Redis does not answer within a second, that goes on while the sockets are served.
    public func start() async throws {
        let (tries, tried) = AsyncStream.makeStream(of: Void.self)
        let reading = Task { [weak self, redis, channels] in
            while !Task.isCancelled {
                let messages = try? await redis.subscribe(channels: channels.subscribed, patterns: [channels.pattern])
                tried.finish()
                if let messages {
                    for await message in messages { self?.receive(message) }
                    return
                }
                try? await Task.sleep(for: .milliseconds(.random(in: 500...1500)))
            }
        }
        self.reading.withLock { $0 = reading }
        let patience = Task {
            try? await Task.sleep(for: .seconds(1))
            tried.finish()
        }
        for await _ in tries {}
        patience.cancel()
    }

    /// Hears and tells no more.
    public func close() async { self.reading.withLock { $0 }?.cancel() }

    deinit { self.reading.withLock { $0 }?.cancel() }

    // MARK: - What concerns the sockets of all

    /// Sends a packet to the sockets of all processes.
    public func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
        if !options.flags.isLocal {
            let message = MessagePackWriter.write(
                .array([.string(self.id), ClusterValue(packet), ClusterValue(options, withFlags: true)])
            )
            self.publish(message, to: self.channels.broadcast(options.rooms))
        }
        self.local.broadcast(packet, options)
    }

    /// Sends an event that each client of all processes acknowledges.
    public func broadcastWithAck(
        _ packet: SocketIOPacket,
        _ options: BroadcastOptions,
        clientCount: @escaping @Sendable (Int) -> Void,
        acknowledgement: @escaping @Sendable (SocketIOPayload) -> Void
    ) {
        if !options.flags.isLocal {
            let requestID = ClusterID.short()
            self.requests.expect(
                requestID,
                for: options.flags.timeout ?? BroadcastOperator.defaultTimeout,
                .init(clientCount: clientCount, acknowledgement: acknowledgement)
            )
            let request = ClusterValue.object(
                ("uid", .string(self.id)),
                ("requestId", .string(requestID)),
                ("type", .integer(RedisRequestKind.broadcast.rawValue)),
                ("packet", ClusterValue(packet)),
                ("opts", ClusterValue(options, withFlags: true))
            )
            self.publish(MessagePackWriter.write(request), to: self.channels.request)
        }
        self.local.broadcastWithAck(packet, options, clientCount: clientCount, acknowledgement: acknowledgement)
    }

    /// Has sockets of all processes join rooms.
    public func addSockets(_ options: BroadcastOptions, to rooms: [String]) {
        self.local.addSockets(options, to: rooms)
        self.tell(.remoteJoin, options, ("rooms", .texts(rooms)))
    }

    /// Has sockets of all processes leave rooms.
    public func delSockets(_ options: BroadcastOptions, from rooms: [String]) {
        self.local.delSockets(options, from: rooms)
        self.tell(.remoteLeave, options, ("rooms", .texts(rooms)))
    }

    /// Disconnects sockets of all processes.
    public func disconnectSockets(_ options: BroadcastOptions, close: Bool) {
        self.tell(.remoteDisconnect, options, ("close", .bool(close)))
        self.local.disconnectSockets(options, close: close)
    }

    private func tell(_ kind: RedisRequestKind, _ options: BroadcastOptions, _ more: (String, ClusterValue)) {
        guard !options.flags.isLocal else { return }
        self.ask(kind, nil, ("opts", ClusterValue(options, withFlags: false)), more)
    }

    // MARK: - Questions to the others

    /// The sockets of all processes.
    ///
    /// - Throws: `ClusterTimeoutError` where not all answer in time, `RedisError`.
    public func fetchSockets(_ options: BroadcastOptions) async throws -> [SocketDetails] {
        let own = self.local.fetchSockets(options)
        if options.flags.isLocal { return own }
        let answers = try await self.answers(.remoteFetch, ("opts", ClusterValue(options, withFlags: false)))
        return own + answers.flatMap { ($0["sockets"]?.array ?? []).compactMap(\.details) }
    }

    /// The rooms of all processes, with the own ones of the sockets.
    ///
    /// - Throws: `ClusterTimeoutError` where not all answer in time, `RedisError`.
    public func allRooms() async throws -> Set<String> {
        let answers = try await self.answers(.allRooms)
        return Set(self.ownRooms + answers.flatMap { $0["rooms"]?.texts ?? [] })
    }

    var ownRooms: [String] { self.local.rooms + self.local.sockets(BroadcastOptions()).map(\.id) }

    /// Sends an event to the other processes.
    public func serverSideEmit(_ event: SocketIOPayload) {
        self.ask(.serverSideEmit, nil, ("data", ClusterValue(event)))
    }

    /// Sends an event to the other processes, and waits for an answer of each.
    ///
    /// - Throws: `BroadcastTimeoutError` with the answers that came in time, `RedisError`.
    public func serverSideEmitWithAck(_ event: SocketIOPayload, timeout: Duration) async throws -> [SocketIOPayload] {
        let others = try await self.serverCount() - 1
        let id = ClusterID.short()
        let (answers, isWhole) = await self.requests.answers(to: id, from: .count(others), timeout: timeout) {
            self.ask(.serverSideEmit, id, ("data", ClusterValue(event)))
        }
        let payloads = answers.map { ClusterValue.array([$0["data"] ?? .null]).payload }
        if !isWhole { throw BroadcastTimeoutError(responses: payloads) }
        return payloads
    }

    /// How many processes there are, as Redis knows them by their subscriptions.
    public func serverCount() async throws -> Int {
        let answer = try await self.redis.command("PUBSUB", "NUMSUB", RedisArgument(self.channels.request))
        return max(1, answer.array?.last?.integer ?? 1)
    }

    private func answers(_ kind: RedisRequestKind, _ more: (String, ClusterValue)...) async throws -> [ClusterValue] {
        let others = try await self.serverCount() - 1
        let id = ClusterID.short()
        let (answers, isWhole) = await self.requests.answers(
            to: id,
            from: .count(others),
            timeout: self.settings.requestsTimeout
        ) {
            self.ask(kind, id, more.first ?? ("opts", .null))
        }
        if !isWhole { throw ClusterTimeoutError(responses: answers.count) }
        return answers
    }

    // MARK: - The wire

    private func ask(_ kind: RedisRequestKind, _ requestID: String?, _ more: (String, ClusterValue)...) {
        let fields: [(String, ClusterValue?)] =
            [
                ("uid", .string(self.id)), ("requestId", requestID.map { .string($0) }),
                ("type", .integer(kind.rawValue)),
            ] + more.filter { $0.1 != .null }
        let request = ClusterValue.map(fields.compactMap { key, value in value.map { .init(key, $0) } })
        self.publish(Array(request.jsonText.utf8), to: self.channels.request)
    }

    func publish(_ message: [UInt8], to channel: String) {
        self.redis.post(["PUBLISH", RedisArgument(channel), RedisArgument(message)])
    }
}
#endif
