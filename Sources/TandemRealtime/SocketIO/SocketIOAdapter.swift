// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What makes the sockets of several processes one: it passes on what concerns those of others.
///
/// Each namespace has its own. An adapter does what it is asked to the sockets of its process, by ``local``, and has the
/// others do so to theirs; what they ask for, it does by ``local`` alone. The requirements are those of Socket.IO's
/// adapters, so that one of these can speak to those; each does its work in this process where it is left out.
///
/// ```swift
/// struct MyAdapter: SocketIOAdapter {
///     let local: LocalSockets
///
///     func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
///         if !options.flags.isLocal { self.publish(packet, options) }
///         self.local.broadcast(packet, options)
///     }
/// }
/// let io = SocketIOServer(options) { local in MyAdapter(local: local) }
/// ```
/// None of the functions waits for the network; those that need it are `async`.
public protocol SocketIOAdapter: Sendable {
    /// The sockets of this process.
    var local: LocalSockets { get }

    /// Begins, before the first socket is there.
    func start() async throws

    /// Ends.
    func close() async

    /// Sends a packet; its namespace is set.
    func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions)

    /// Sends an event that each client acknowledges.
    ///
    /// - Parameters:
    ///   - packet: The event; its `id` is set by each process for its own sockets.
    ///   - options: Whom it is for.
    ///   - clientCount: Called once for each process, with the number of its sockets.
    ///   - acknowledgement: Called for each answer.
    func broadcastWithAck(
        _ packet: SocketIOPacket,
        _ options: BroadcastOptions,
        clientCount: @escaping @Sendable (Int) -> Void,
        acknowledgement: @escaping @Sendable (SocketIOPayload) -> Void
    )

    /// Has sockets join rooms.
    func addSockets(_ options: BroadcastOptions, to rooms: [String])

    /// Has sockets leave rooms.
    func delSockets(_ options: BroadcastOptions, from rooms: [String])

    /// Disconnects sockets; with `close`, their connections too.
    func disconnectSockets(_ options: BroadcastOptions, close: Bool)

    /// The sockets of all processes.
    func fetchSockets(_ options: BroadcastOptions) async throws -> [SocketDetails]

    /// Sends an event to the other processes, not to clients.
    func serverSideEmit(_ event: SocketIOPayload)

    /// Sends an event to the other processes, and returns their answers, an array of values each.
    func serverSideEmitWithAck(_ event: SocketIOPayload, timeout: Duration) async throws -> [SocketIOPayload]

    /// How many processes there are, with this one.
    func serverCount() async throws -> Int

    /// Keeps a session whose client may come back.
    func persistSession(_ session: SocketIOSession)

    /// Finds a session, and gives it to `admit` with the packets that were sent after the one with an offset.
    ///
    /// What is broadcast while `admit` runs has to go out after it, or the client loses it.
    ///
    /// - Returns: Whether there is one, and all of its packets are.
    func restoreSession(
        pid: String,
        offset: String,
        admit: @Sendable (SocketIOSession) -> Bool
    ) async throws -> Bool
}

extension SocketIOAdapter {
    /// Nothing to begin.
    public func start() async throws {}

    /// Nothing to end.
    public func close() async {}

    /// Sends it to the sockets of this process.
    public func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
        self.local.broadcast(packet, options)
    }

    /// Sends it to the sockets of this process.
    public func broadcastWithAck(
        _ packet: SocketIOPacket,
        _ options: BroadcastOptions,
        clientCount: @escaping @Sendable (Int) -> Void,
        acknowledgement: @escaping @Sendable (SocketIOPayload) -> Void
    ) {
        self.local.broadcastWithAck(packet, options, clientCount: clientCount, acknowledgement: acknowledgement)
    }

    /// Has those of this process join.
    public func addSockets(_ options: BroadcastOptions, to rooms: [String]) {
        self.local.addSockets(options, to: rooms)
    }

    /// Has those of this process leave.
    public func delSockets(_ options: BroadcastOptions, from rooms: [String]) {
        self.local.delSockets(options, from: rooms)
    }

    /// Disconnects those of this process.
    public func disconnectSockets(_ options: BroadcastOptions, close: Bool) {
        self.local.disconnectSockets(options, close: close)
    }

    /// Those of this process.
    public func fetchSockets(_ options: BroadcastOptions) async throws -> [SocketDetails] {
        self.local.fetchSockets(options)
    }

    /// There are no others.
    public func serverSideEmit(_ event: SocketIOPayload) {}

    /// There are no others.
    public func serverSideEmitWithAck(_ event: SocketIOPayload, timeout: Duration) async throws -> [SocketIOPayload] {
        []
    }

    /// One.
    public func serverCount() async throws -> Int { 1 }

    /// Keeps nothing.
    public func persistSession(_ session: SocketIOSession) {}

    /// Finds nothing.
    public func restoreSession(
        pid: String,
        offset: String,
        admit: @Sendable (SocketIOSession) -> Bool
    ) async throws -> Bool { false }
}
