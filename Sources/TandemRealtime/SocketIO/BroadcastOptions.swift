// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Whom something is for, and how it is sent.
public struct BroadcastOptions: Sendable, Hashable {
    /// The rooms whose sockets are meant; where there are none, all sockets of the namespace.
    public var rooms: Set<String> = []
    /// The rooms whose sockets are left out.
    public var except: Set<String> = []
    /// How it is sent.
    public var flags = BroadcastFlags()

    /// All sockets of a namespace.
    public init() {}

    /// The sockets of some rooms.
    public init(rooms: Set<String>, except: Set<String> = [], flags: BroadcastFlags = BroadcastFlags()) {
        self.rooms = rooms
        self.except = except
        self.flags = flags
    }
}

/// How something is sent.
public struct BroadcastFlags: Sendable, Hashable {
    /// Whether it is dropped for clients that take nothing at the moment; `volatile` on the wire.
    public var isVolatile = false
    /// Whether it stays in this process; `local` on the wire.
    public var isLocal = false
    /// Whether it may be compressed; `nil` where nobody has said.
    public var compress: Bool?
    /// How long acknowledgements are waited for.
    public var timeout: Duration?

    /// None set.
    public init() {}
}
