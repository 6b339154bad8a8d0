// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The changes of a model's rows, as they are committed; listening ends with the last reference to it.
public struct ModelChanges<M: Model>: AsyncSequence, Sendable {
    private let subscription: Subscription

    init(of hub: ChangeHub, waiting limit: Int) {
        self.subscription = Subscription(hub, limit: limit)
    }

    /// Reads the changes; of several iterators each change goes to one.
    public func makeAsyncIterator() -> Iterator { Iterator(subscription: self.subscription) }

    /// Reads one change after another.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let subscription: Subscription

        /// The next change; `nil` once the database is closed or the task cancelled.
        public mutating func next() async -> ModelChange<M>? { await self.subscription.queue.next() }
    }

    fileprivate final class Subscription: Sendable {
        let queue: ChangeQueue<M>
        private let hub: ChangeHub
        private let number: Int

        init(_ hub: ChangeHub, limit: Int) {
            let queue = ChangeQueue<M>(limit: limit)
            self.queue = queue
            self.hub = hub
            self.number = hub.add(
                ChangeHub.Listener(tell: { queue.add(ModelChange($0)) }, end: { queue.end() }),
                to: M.table.name
            )
        }

        deinit { self.hub.remove(self.number, from: M.table.name) }
    }
}
