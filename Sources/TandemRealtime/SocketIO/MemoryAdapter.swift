// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The adapter of a process that is alone; with connection state recovery, it remembers what was sent.
public final class MemoryAdapter: SocketIOAdapter {
    /// The sockets of this process.
    public let local: LocalSockets
    private let isRecovering: Bool
    private let log: Mutex<PacketLog?>

    /// An adapter.
    ///
    /// - Parameters:
    ///   - local: The sockets.
    ///   - recovery: Whether and for how long what was sent is remembered.
    ///   - bufferBytes: The bytes of events that are remembered in a namespace; a client that missed more starts anew.
    public init(
        _ local: LocalSockets,
        recovery: SocketIOOptions.ConnectionStateRecovery? = nil,
        bufferBytes: Int = 16 * 1024 * 1024
    ) {
        self.local = local
        self.isRecovering = recovery != nil
        self.log = Mutex(recovery.map { PacketLog($0.maxDisconnectionDuration, bufferBytes: bufferBytes) })
    }

    /// Sends a packet; where it can be missed, clients know its place among the others by its last argument.
    public func broadcast(_ packet: SocketIOPacket, _ options: BroadcastOptions) {
        guard self.isRecovering, packet.kind == .event, packet.id == nil, !options.flags.isVolatile,
            let payload = packet.payload
        else { return self.local.broadcast(packet, options) }
        // One after the other: a client that has one has all before it.
        self.log.withLock { log in
            var packet = packet
            packet.payload = log?.append(payload, options, at: .now)
            self.local.broadcast(packet, options)
        }
    }

    /// Keeps a session for as long as its client may come back.
    public func persistSession(_ session: SocketIOSession) {
        self.log.withLock { $0?.persist(session, at: .now) }
    }

    /// Finds a session that was kept; nothing is broadcast while it is admitted.
    public func restoreSession(
        pid: String,
        offset: String,
        admit: @Sendable (SocketIOSession) -> Bool
    ) async throws -> Bool {
        self.log.withLock { log in
            guard let session = log?.session(pid, after: offset, at: .now), admit(session) else { return false }
            log?.forget(pid)
            return true
        }
    }
}
