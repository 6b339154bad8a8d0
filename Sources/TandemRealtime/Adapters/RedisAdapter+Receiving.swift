// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import TandemRedis

extension RedisAdapter {
    /// Does what a message of another process asks for.
    func receive(_ message: RedisMessage) {
        if message.pattern != nil {
            self.receiveBroadcast(message)
        } else if let value = ClusterValue(jsonOrPacked: message.payload) {
            if message.channel == self.channels.request {
                self.receiveRequest(value)
            } else {
                self.receiveAnswer(value)
            }
        }
    }

    private func receiveBroadcast(_ message: RedisMessage) {
        guard let room = self.channels.room(of: message.channel) else { return }
        // Most rooms of a large service have nobody here.
        if !room.isEmpty, self.local.sockets(BroadcastOptions(rooms: [room])).isEmpty { return }
        guard let parts = (try? MessagePackReader.read(message.payload))?.array, parts.count == 3,
            parts[0].text != self.id, let packet = parts[1].packet, packet.namespace == self.local.namespace
        else { return }
        self.local.broadcast(packet, parts[2].options)
    }

    // MARK: - Requests

    private func receiveRequest(_ request: ClusterValue) {
        guard request["uid"]?.text != self.id, let kind = request["type"]?.integer.flatMap(RedisRequestKind.init)
        else { return }
        switch kind {
        case .sockets:
            let options = BroadcastOptions(rooms: Set(request["rooms"]?.texts ?? []))
            self.answer(request, ("sockets", .texts(self.local.sockets(options).map(\.id))))
        case .allRooms:
            self.answer(request, ("rooms", .texts(self.ownRooms)))
        case .remoteJoin, .remoteLeave, .remoteDisconnect:
            self.change(kind, request)
        case .remoteFetch:
            let sockets = self.local.fetchSockets(request["opts"]?.options ?? BroadcastOptions())
            self.answer(request, ("sockets", .array(sockets.map { ClusterValue($0) })))
        case .serverSideEmit:
            self.receiveServerSide(request)
        case .broadcast:
            self.broadcastForAnother(request)
        case .broadcastClientCount, .broadcastAck: break
        }
    }

    /// Changes sockets: those that options mean, or, as older servers ask, the one of an id.
    private func change(_ kind: RedisRequestKind, _ request: ClusterValue) {
        let options: BroadcastOptions
        let rooms: [String]
        if let wanted = request["opts"] {
            (options, rooms) = (wanted.options, request["rooms"]?.texts ?? [])
        } else {
            guard let id = request["sid"]?.text, self.local[id] != nil else { return }
            (options, rooms) = (BroadcastOptions(rooms: [id]), request["room"]?.text.map { [$0] } ?? [])
        }
        switch kind {
        case .remoteJoin: self.local.addSockets(options, to: rooms)
        case .remoteLeave: self.local.delSockets(options, from: rooms)
        default: self.local.disconnectSockets(options, close: request["close"]?.bool ?? false)
        }
        if request["opts"] == nil { self.answer(request) }
    }

    private func receiveServerSide(_ request: ClusterValue) {
        guard let data = request["data"], data.array != nil else { return }
        Task {
            let result = await self.local.receiveServerSide(data.payload)
            guard let result, let id = request["requestId"] else { return }
            let answer = ClusterValue.object(
                ("type", .integer(RedisRequestKind.serverSideEmit.rawValue)),
                ("requestId", id),
                ("data", result.firstValue)
            )
            self.publish(Array(answer.jsonText.utf8), to: self.channels.response)
        }
    }

    private func broadcastForAnother(_ request: ClusterValue) {
        guard let packet = request["packet"]?.packet, let id = request["requestId"] else { return }
        let channel = self.responseChannel(for: request)
        self.local.broadcastWithAck(
            packet,
            request["opts"]?.options ?? BroadcastOptions(),
            clientCount: { count in
                let answer = ClusterValue.object(
                    ("type", .integer(RedisRequestKind.broadcastClientCount.rawValue)),
                    ("requestId", id),
                    ("clientCount", .integer(count))
                )
                self.publish(Array(answer.jsonText.utf8), to: channel)
            },
            acknowledgement: { payload in
                let answer = ClusterValue.object(
                    ("type", .integer(RedisRequestKind.broadcastAck.rawValue)),
                    ("requestId", id),
                    ("packet", payload.firstValue)
                )
                self.publish(MessagePackWriter.write(answer), to: channel)
            }
        )
    }

    private func answer(_ request: ClusterValue, _ more: (String, ClusterValue)...) {
        guard let id = request["requestId"] else { return }
        let answer = ClusterValue.map([.init("requestId", id)] + more.map { .init($0.0, $0.1) })
        self.publish(Array(answer.jsonText.utf8), to: self.responseChannel(for: request))
    }

    private func responseChannel(for request: ClusterValue) -> String {
        guard self.settings.publishOnSpecificResponseChannel, let id = request["uid"]?.text else {
            return self.channels.response
        }
        return "\(self.channels.response)\(id)#"
    }

    // MARK: - Answers

    private func receiveAnswer(_ answer: ClusterValue) {
        guard let id = answer["requestId"]?.text else { return }
        switch answer["type"]?.integer.flatMap(RedisRequestKind.init) {
        case .broadcastClientCount: self.requests.countClients(id, answer["clientCount"]?.integer ?? 0)
        case .broadcastAck: self.requests.acknowledge(id, answer["packet"] ?? .null)
        default: self.requests.answer(id, answer, from: nil)
        }
    }
}
#endif
