// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import Synchronization
public import TandemData

/// Rooms that reach over processes by PostgreSQL's LISTEN and NOTIFY: those of Tandem, and those of Node with
/// `@socket.io/postgres-adapter`.
///
/// ```swift
/// let db = try Database(url: "postgres://app@127.0.0.1/app")
/// let io = SocketIOServer { PostgreSQLAdapter($0, db) }
/// ```
/// While the database is away, the sockets of this process are served as before; what others send meanwhile does not
/// come here.
public final class PostgreSQLAdapter: SocketIOAdapter {
    /// The sockets of this process.
    public let local: LocalSockets
    let database: Database
    let settings: PostgreSQLAdapterSettings
    /// The name of this process among the others.
    let id = ClusterID.long()
    let requests = ClusterRequests()
    let outbox: PostgreSQLOutbox
    private let channel: String
    private let state = Mutex(State())

    private struct State {
        /// When each other process was last heard.
        var servers: [String: ContinuousClock.Instant] = [:]
        var tasks: [Task<Void, Never>] = []
    }

    /// An adapter over a database, which others may use as well.
    public init(
        _ local: LocalSockets,
        _ database: Database,
        _ settings: PostgreSQLAdapterSettings = PostgreSQLAdapterSettings()
    ) {
        self.local = local
        self.database = database
        self.settings = settings
        self.channel = "\(settings.channelPrefix)#\(local.namespace)"
        self.outbox = PostgreSQLOutbox(database, settings, channel: self.channel)
    }

    // MARK: - Its life

    /// Listens; where the database does not answer within a second, that goes on while the sockets are served.
    public func start() async throws {
        let (tries, tried) = AsyncStream.makeStream(of: Void.self)
        let tasks = [
            Task { [weak self, database, channel, settings] in
                while !Task.isCancelled {
                    _ = try? await database.run(Statement(Self.table(settings), access: .write))
                    let events = try? await database.notifications(on: channel)
                    if events != nil { self?.send(.initialHeartbeat) }
                    tried.finish()
                    if let events {
                        for await event in events { await self?.receive(event) }
                        return
                    }
                    try? await Task.sleep(for: .milliseconds(.random(in: 500...1500)))
                }
            },
            Task { [weak self, settings] in
                while (try? await Task.sleep(for: settings.heartbeatInterval)) != nil {
                    self?.send(.heartbeat)
                    self?.forgetSilent()
                }
            },
            Task { [database, settings] in
                let seconds = settings.cleanupInterval / .seconds(1)
                let statement = Statement(
                    "DELETE FROM \(settings.quotedTable) WHERE created_at < now() - interval '\(seconds) seconds'",
                    access: .write
                )
                while (try? await Task.sleep(for: settings.cleanupInterval)) != nil {
                    _ = try? await database.run(statement)
                }
            },
        ]
        self.state.withLock { $0.tasks = tasks }
        let patience = Task {
            try? await Task.sleep(for: .seconds(1))
            tried.finish()
        }
        for await _ in tries {}
        patience.cancel()
    }

    private static func table(_ settings: PostgreSQLAdapterSettings) -> String {
        "CREATE TABLE IF NOT EXISTS \(settings.quotedTable) "
            + "(id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea)"
    }

    /// Tells the others, and hears and tells no more.
    public func close() async {
        for task in self.state.withLock({ $0.tasks }) { task.cancel() }
        self.send(.adapterClose)
        await self.outbox.close()
    }

    deinit { for task in self.state.withLock({ $0.tasks }) { task.cancel() } }

    // MARK: - The others

    /// How many processes there are, of those that were heard lately.
    public func serverCount() async throws -> Int { 1 + self.others.count }

    private var others: Set<String> { self.state.withLock { Set($0.servers.keys) } }

    func heard(_ server: String) { self.state.withLock { $0.servers[server] = .now } }

    func forget(_ server: String) {
        self.state.withLock { _ = $0.servers.removeValue(forKey: server) }
        self.requests.forget(server: server)
    }

    private func forgetSilent() {
        let limit = ContinuousClock.now - self.settings.heartbeatTimeout
        for server in self.state.withLock({ $0.servers.filter { $0.value < limit }.map(\.key) }) { self.forget(server) }
    }

    func send(_ kind: ClusterMessageKind, _ data: ClusterValue? = nil) {
        self.outbox.send(ClusterMessage(kind, from: self.id, self.local.namespace, data))
    }

    // MARK: - What concerns the sockets of all

    /// Sends a packet to the sockets of all processes.
    public func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
        self.tell(.broadcast, options, ("packet", ClusterValue(packet)))
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
            let id = ClusterID.long()
            self.requests.expect(
                id,
                for: options.flags.timeout ?? BroadcastOperator.defaultTimeout,
                .init(clientCount: clientCount, acknowledgement: acknowledgement)
            )
            self.tell(.broadcast, options, ("packet", ClusterValue(packet)), ("requestId", .string(id)))
        }
        self.local.broadcastWithAck(packet, options, clientCount: clientCount, acknowledgement: acknowledgement)
    }

    /// Has sockets of all processes join rooms.
    public func addSockets(_ options: BroadcastOptions, to rooms: [String]) {
        self.tell(.socketsJoin, options, ("rooms", .texts(rooms)))
        self.local.addSockets(options, to: rooms)
    }

    /// Has sockets of all processes leave rooms.
    public func delSockets(_ options: BroadcastOptions, from rooms: [String]) {
        self.tell(.socketsLeave, options, ("rooms", .texts(rooms)))
        self.local.delSockets(options, from: rooms)
    }

    /// Disconnects sockets of all processes.
    public func disconnectSockets(_ options: BroadcastOptions, close: Bool) {
        self.tell(.disconnectSockets, options, ("close", .bool(close)))
        self.local.disconnectSockets(options, close: close)
    }

    private func tell(_ kind: ClusterMessageKind, _ options: BroadcastOptions, _ more: (String, ClusterValue)...) {
        if options.flags.isLocal { return }
        self.send(
            kind,
            .map([.init("opts", ClusterValue(options, withFlags: true))] + more.map { .init($0.0, $0.1) })
        )
    }

    // MARK: - Questions to the others

    /// The sockets of all processes.
    ///
    /// - Throws: `ClusterTimeoutError` where not all answer in time.
    public func fetchSockets(_ options: BroadcastOptions) async throws -> [SocketDetails] {
        let own = self.local.fetchSockets(options)
        if options.flags.isLocal { return own }
        let id = ClusterID.long()
        let timeout = options.flags.timeout ?? self.settings.requestsTimeout
        let (answers, isWhole) = await self.requests.answers(to: id, from: .servers(self.others), timeout: timeout) {
            self.tell(.fetchSockets, options, ("requestId", .string(id)))
        }
        if !isWhole { throw ClusterTimeoutError(responses: answers.count) }
        return own + answers.flatMap { ($0["sockets"]?.array ?? []).compactMap(\.details) }
    }

    /// Sends an event to the other processes.
    public func serverSideEmit(_ event: SocketIOPayload) {
        self.send(.serverSideEmit, ["packet": ClusterValue(event)])
    }

    /// Sends an event to the other processes, and waits for an answer of each.
    ///
    /// - Throws: `BroadcastTimeoutError` with the answers that came in time.
    public func serverSideEmitWithAck(_ event: SocketIOPayload, timeout: Duration) async throws -> [SocketIOPayload] {
        let id = ClusterID.long()
        let (answers, isWhole) = await self.requests.answers(to: id, from: .servers(self.others), timeout: timeout) {
            self.send(.serverSideEmit, ["requestId": .string(id), "packet": ClusterValue(event)])
        }
        let payloads = answers.map { ClusterValue.array([$0["packet"] ?? .null]).payload }
        if !isWhole { throw BroadcastTimeoutError(responses: payloads) }
        return payloads
    }
}
#endif
