// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore

/// The subscriptions of a client over one connection.
///
/// Belongs to one event loop.
final class SubscriptionLine: RedisLinkUser {
    private let link: RedisLink
    private let settings: RedisSettings
    private var subscriptions: [ObjectIdentifier: Subscription] = [:]
    private var topics: [RedisTopic: Set<ObjectIdentifier>] = [:]
    /// Those that this connection has confirmed last.
    private var confirmed: Set<RedisTopic> = []
    /// Those whose confirmation somebody waits for.
    private var waiting: Set<ObjectIdentifier> = []
    /// What was sent and is not answered, in order; and how many of it ask for a topic.
    private var asked = CircularBuffer<Request>()
    private var askedFor: [RedisTopic: Int] = [:]
    private var lastError: RedisError?
    private var isClosed = false

    private struct Subscription {
        let id: SubscriptionID
        let topics: Set<RedisTopic>
        let messages: AsyncStream<RedisMessage>.Continuation
        /// Who waits for the first confirmation.
        var waiter: Completion?
        var hasGap = false
    }

    private enum Request {
        case subscribe(RedisTopic)
        case unsubscribe(RedisTopic)
        case ping
    }

    typealias Completion = @Sendable (Result<Void, any Error>) -> Void

    init(_ link: RedisLink, _ settings: RedisSettings) {
        self.link = link
        self.settings = settings
        link.user = self
    }

    func add(
        _ id: SubscriptionID,
        _ topics: [RedisTopic],
        _ messages: AsyncStream<RedisMessage>.Continuation,
        _ waiter: @escaping Completion
    ) {
        if self.isClosed { return waiter(.failure(RedisError.closed)) }
        let key = ObjectIdentifier(id)
        self.subscriptions[key] = Subscription(id: id, topics: Set(topics), messages: messages, waiter: waiter)
        self.waiting.insert(key)
        for topic in Set(topics) {
            let isFirst = self.topics[topic] == nil
            self.topics[topic, default: []].insert(key)
            if isFirst, self.link.isOpen { self.ask(.subscribe(topic)) }
        }
        self.link.open()
        self.tellConfirmed()
        let me = NIOLoopBound(self, eventLoop: self.link.loop)
        self.link.loop.scheduleTask(in: .init(self.settings.timeout)) {
            guard me.value.subscriptions[key]?.waiter != nil else { return }
            me.value.end(key, me.value.lastError ?? .timedOut)
        }
    }

    /// Nobody reads any more.
    func remove(_ id: SubscriptionID) { self.end(ObjectIdentifier(id), CancellationError()) }

    var isConnected: Bool { self.link.isOpen }

    func close() {
        self.isClosed = true
        self.link.close()
        for key in self.subscriptions.keys { self.end(key, RedisError.closed) }
    }

    private func end(_ key: ObjectIdentifier, _ error: any Error) {
        guard let subscription = self.subscriptions.removeValue(forKey: key) else { return }
        self.waiting.remove(key)
        for topic in subscription.topics {
            self.topics[topic]?.remove(key)
            guard self.topics[topic]?.isEmpty == true else { continue }
            self.topics[topic] = nil
            self.confirmed.remove(topic)
            if self.link.isOpen { self.ask(.unsubscribe(topic)) }
        }
        subscription.waiter?(.failure(error))
        subscription.messages.finish()
    }

    private func ask(_ request: Request) {
        self.asked.append(request)
        if case .subscribe(let topic) = request { self.askedFor[topic, default: 0] += 1 }
        let command: [RedisArgument] =
            switch request {
            case .subscribe(let topic): [topic.isPattern ? "PSUBSCRIBE" : "SUBSCRIBE", RedisArgument(topic.name)]
            case .unsubscribe(let topic): [topic.isPattern ? "PUNSUBSCRIBE" : "UNSUBSCRIBE", RedisArgument(topic.name)]
            case .ping: ["PING"]
            }
        self.link.write(RedisCommand(command).buffer)
    }

    private func tellConfirmed() {
        for key in self.waiting {
            guard let subscription = self.subscriptions[key], subscription.topics.isSubset(of: self.confirmed) else {
                continue
            }
            self.subscriptions[key]?.waiter = nil
            self.waiting.remove(key)
            subscription.waiter?(.success(()))
        }
    }
}

// MARK: - What the link tells

extension SubscriptionLine {
    func linkOpened() {
        self.lastError = nil
        for topic in self.topics.keys { self.ask(.subscribe(topic)) }
    }

    func linkIsSilent() { self.ask(.ping) }

    func linkClosed(_ error: RedisError) -> Bool {
        self.lastError = error
        self.confirmed = []
        self.asked.removeAll()
        self.askedFor = [:]
        for (key, subscription) in self.subscriptions {
            if subscription.waiter == nil {
                self.subscriptions[key]?.hasGap = true
            } else if case .refused = error {
                // Who is not let in now will not be let in within a time-out; who cannot connect may be.
                self.end(key, error)
            }
        }
        return !self.subscriptions.isEmpty
    }

    func received(_ value: RedisValue) {
        if case .array(let parts) = value, let message = RedisMessage(parts) { return self.deliver(message) }
        guard let request = self.asked.popFirst() else {
            return self.link.fail(.malformed("an answer to no subscription"))
        }
        guard case .subscribe(let topic) = request else { return }
        let others = (self.askedFor[topic] ?? 1) - 1
        self.askedFor[topic] = others == 0 ? nil : others
        if case .error(let text) = value {
            for key in self.topics[topic] ?? [] { self.end(key, RedisError.refused(text)) }
        } else if self.topics[topic] != nil, others == 0 {
            self.confirmed.insert(topic)
            self.tellConfirmed()
        }
    }

    private func deliver(_ message: RedisMessage) {
        let topic = RedisTopic(name: message.pattern ?? message.channel, isPattern: message.pattern != nil)
        for key in self.topics[topic] ?? [] {
            guard let subscription = self.subscriptions[key] else { continue }
            var message = message
            message.followsGap = subscription.hasGap
            if case .dropped = subscription.messages.yield(message) {
                self.subscriptions[key]?.hasGap = true
            } else if subscription.hasGap {
                self.subscriptions[key]?.hasGap = false
            }
        }
    }
}

extension RedisMessage {
    /// What a pushed array says; nil where it answers a request.
    fileprivate init?(_ parts: [RedisValue]) {
        switch (parts.first?.text, parts.count) {
        case ("message", 3):
            guard let channel = parts[1].bytes, let payload = parts[2].bytes else { return nil }
            self.init(channel: String(decoding: channel, as: UTF8.self), pattern: nil, payload: payload)
        case ("pmessage", 4):
            guard let pattern = parts[1].bytes, let channel = parts[2].bytes, let payload = parts[3].bytes else {
                return nil
            }
            self.init(
                channel: String(decoding: channel, as: UTF8.self),
                pattern: String(decoding: pattern, as: UTF8.self),
                payload: payload
            )
        default: return nil
        }
    }
}
#endif
