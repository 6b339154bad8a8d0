// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// What is known of a socket, in whichever process it is.
public struct SocketDetails: Sendable, Hashable {
    /// Its id.
    public var id: String
    /// Its handshake, by Socket.IO's names: `headers`, `time`, `address`, `xdomain`, `secure`, `issued`, `url`, `query`,
    /// `auth`.
    public var handshake: JSONObject
    /// The rooms that it is in, with its own.
    public var rooms: Set<String>
    /// What is kept with it.
    public var data: JSONObject

    /// Details of a socket.
    public init(id: String, handshake: JSONObject, rooms: Set<String>, data: JSONObject) {
        self.id = id
        self.handshake = handshake
        self.rooms = rooms
        self.data = data
    }
}
