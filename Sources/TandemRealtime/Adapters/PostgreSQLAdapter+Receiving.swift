// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import TandemData
import TandemSchema

extension PostgreSQLAdapter {
    /// Does what a notification of another process asks for.
    func receive(_ event: PostgreSQLEvent) async {
        guard case .notification(let notification) = event else { return self.send(.initialHeartbeat) }
        guard let header = ClusterValue(jsonOrPacked: Array(notification.payload.utf8)),
            header["uid"]?.text != self.id
        else { return }
        let value = header["attachmentId"] == nil ? header : await self.attachment(header)
        guard let value, let message = ClusterMessage(value) else { return }
        // The name of whoever sends by itself and listens to nothing.
        if message.sender != "emitter", !message.sender.isEmpty { self.heard(message.sender) }
        if message.namespace == self.local.namespace { self.receive(message) }
    }

    /// The message that a row has.
    private func attachment(_ header: ClusterValue) async -> ClusterValue? {
        guard let id = header["attachmentId"].flatMap({ $0.integer ?? $0.text.flatMap { Int($0) } }) else { return nil }
        let statement = Statement(
            "SELECT payload FROM \(self.settings.quotedTable) WHERE id = $1",
            [.integer(Int64(id))],
            access: .write
        )
        var packed: [UInt8]?
        _ = try? await self.database.run(statement) { packed = try $0.bytes() }
        return packed.flatMap { try? MessagePackReader.read($0) }
    }

    private func receive(_ message: ClusterMessage) {
        let data = message.data ?? .null
        let options = data["opts"]?.options ?? BroadcastOptions()
        switch message.kind {
        case .initialHeartbeat: self.send(.heartbeat)
        case .heartbeat: break
        case .adapterClose: self.forget(message.sender)
        case .broadcast: self.receiveBroadcast(data, options)
        case .socketsJoin: self.local.addSockets(options, to: data["rooms"]?.texts ?? [])
        case .socketsLeave: self.local.delSockets(options, from: data["rooms"]?.texts ?? [])
        case .disconnectSockets: self.local.disconnectSockets(options, close: data["close"]?.bool ?? false)
        case .fetchSockets:
            guard let id = data["requestId"] else { return }
            let sockets = self.local.fetchSockets(options).map { ClusterValue($0) }
            self.send(.fetchSocketsResponse, ["requestId": id, "sockets": .array(sockets)])
        case .serverSideEmit: self.receiveServerSide(data)
        case .fetchSocketsResponse, .serverSideEmitResponse:
            guard let id = data["requestId"]?.text else { return }
            self.requests.answer(id, data, from: message.sender)
        case .broadcastClientCount:
            self.requests.countClients(data["requestId"]?.text ?? "", data["clientCount"]?.integer ?? 0)
        case .broadcastAck: self.requests.acknowledge(data["requestId"]?.text ?? "", data["packet"] ?? .null)
        }
    }

    private func receiveBroadcast(_ data: ClusterValue, _ options: BroadcastOptions) {
        guard var packet = data["packet"]?.packet else { return }
        packet.namespace = self.local.namespace
        guard let id = data["requestId"] else { return self.local.broadcast(packet, options) }
        self.local.broadcastWithAck(
            packet,
            options,
            clientCount: { self.send(.broadcastClientCount, ["requestId": id, "clientCount": .integer($0)]) },
            acknowledgement: { self.send(.broadcastAck, ["requestId": id, "packet": $0.firstValue]) }
        )
    }

    private func receiveServerSide(_ data: ClusterValue) {
        guard let event = data["packet"], event.array != nil else { return }
        Task {
            let result = await self.local.receiveServerSide(event.payload)
            guard let result, let id = data["requestId"] else { return }
            self.send(.serverSideEmitResponse, ["requestId": id, "packet": result.firstValue])
        }
    }
}
#endif
