// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

#if os(Linux)
import CTandemEpoll
#endif

/// The sockets that one thread watches for whoever asks.
///
/// What sends on a socket from the thread of an event loop has that loop watch it: the answer then comes where it is
/// waited for, without a hop between threads.
package final class SocketLoop: Sendable {
    package enum Event: Sendable {
        /// The socket can be read, or written where that was asked for.
        case ready
        /// The loop has ended and watches no longer.
        case ended
    }

    let poller: SocketPoller
    /// What to call, by ids; nil once the loop has ended.
    private let watched = Mutex<[UInt64: @Sendable (Event) -> Void]?>([:])

    /// A loop that watches once a thread of its owner's waits; nil where the system has no descriptors left.
    package init?() {
        guard let poller = SocketPoller() else { return nil }
        self.poller = poller
    }

    deinit { self.poller.close() }

    /// Calls `event` on the loop's thread whenever the socket is ready, as long as it is.
    ///
    /// No two of a loop's sockets may have the same id, which is not 0, and below 2⁶³.
    ///
    /// - Returns: Whether it is watched; not where the loop has ended.
    package func add(
        _ socket: Int32,
        id: UInt64,
        writing: Bool = false,
        _ event: @escaping @Sendable (Event) -> Void
    ) -> Bool {
        let isWatching = self.watched.withLock { watched in
            watched?[id] = event
            return watched != nil
        }
        if isWatching { self.poller.add(socket, tag: id | Self.tagBit, writing: writing) }
        return isWatching
    }

    /// Whether to call too when the socket takes bytes again.
    package func change(_ socket: Int32, id: UInt64, writing: Bool) {
        self.poller.change(socket, tag: id | Self.tagBit, writing: writing)
    }

    /// Forgets a socket; to be called before it is closed, since its number is then given to another.
    ///
    /// A call that is on its way may still come.
    package func remove(_ socket: Int32, id: UInt64) {
        // What it holds is let go of without the lock.
        let event = self.watched.withLock { $0?.removeValue(forKey: id) }
        if event != nil { self.poller.remove(socket) }
    }

    /// Has `wait` return.
    package func ring() { self.poller.ring() }

    /// Waits for sockets and calls for those that are ready; on the loop's thread.
    ///
    /// - Parameter milliseconds: How long; -1 until there is one or somebody rings.
    package func wait(milliseconds: Int32) {
        for tag in self.poller.wait(milliseconds: milliseconds) { self.ready(tag) }
    }

    /// Takes back all that it watches for others, and tells them; on the loop's thread, at its end.
    package func end() {
        let watched = self.watched.withLock { $0.take() }
        for event in watched?.values.map({ $0 }) ?? [] { event(.ended) }
    }
}

// MARK: - The loop of a thread

extension SocketLoop {
    /// The loop whose thread this is.
    package static var current: SocketLoop? {
        #if os(Linux)
        tandem_current_loop().map { Unmanaged<SocketLoop>.fromOpaque($0).takeUnretainedValue() }
        #else
        nil
        #endif
    }

    /// Runs all that the loop's thread does.
    package func run(_ body: () -> Void) {
        #if os(Linux)
        tandem_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
        #endif
        withExtendedLifetime(self, body)
        #if os(Linux)
        tandem_set_current_loop(nil)
        #endif
    }
}

// MARK: - Beside sockets of the owner's

extension SocketLoop {
    /// What the tags of an owner that waits by itself do not have.
    package static var tagBit: UInt64 { 1 << 63 }

    #if os(Linux)
    /// Where an owner that waits by itself adds its own sockets.
    package var epoll: Int32 { self.poller.epoll }
    #endif

    /// Calls for a socket that is ready, by its tag.
    package func ready(_ tag: UInt64) {
        let id = tag & ~Self.tagBit
        if id == 0 { return self.poller.silence() }
        let event = self.watched.withLock { $0?[id] }
        event?(.ready)
    }
}
