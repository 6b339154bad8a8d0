// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc
import NIOCore

/// The sockets of one reactor, and which of them are ready.
///
/// Never leaves the reactor's thread.
final class Poller {
    private let epoll: CInt
    private let wake: CInt
    private var slots: [Slot] = []
    private var events = [epoll_event](repeating: epoll_event(), count: 256)

    /// What waits at a descriptor.
    ///
    /// The generation tells a socket from a later one with the same number, for which an event of the former may still
    /// be in hand.
    private struct Slot {
        var socket: (any PolledSocket)?
        var generation: UInt32 = 0
    }

    private static let wakeTag = UInt.max

    init(wake: CInt) throws {
        self.epoll = tandem_epoll_create()
        self.wake = wake
        guard self.epoll >= 0 else { throw IOError(errnoCode: errno, reason: "epoll_create") }
        _ = tandem_epoll_control(self.epoll, CInt(TANDEM_ADD), wake, UInt32(TANDEM_READABLE), Self.wakeTag)
    }

    deinit {
        Glibc.close(self.epoll)
    }

    /// Calls `socket` when its descriptor is ready for one of `events`.
    func add(_ socket: any PolledSocket, descriptor: CInt, events: UInt32) -> Bool {
        let index = Int(descriptor)
        if index >= self.slots.count {
            self.slots += [Slot](repeating: Slot(), count: max(index + 1 - self.slots.count, self.slots.count, 64))
        }
        self.slots[index].socket = socket
        self.slots[index].generation &+= 1
        return tandem_epoll_control(self.epoll, CInt(TANDEM_ADD), descriptor, events, self.tag(index)) == 0
    }

    func change(descriptor: CInt, events: UInt32) {
        _ = tandem_epoll_control(
            self.epoll,
            CInt(TANDEM_CHANGE),
            descriptor,
            events,
            self.tag(Int(descriptor))
        )
    }

    /// Forgets a descriptor, which its owner closes or hands on.
    func remove(descriptor: CInt) {
        self.slots[Int(descriptor)].socket = nil
        _ = tandem_epoll_control(self.epoll, CInt(TANDEM_REMOVE), descriptor, 0, 0)
    }

    /// Waits for what is ready and calls it.
    ///
    /// - Parameter milliseconds: How long to wait; -1 for ever.
    func wait(milliseconds: CInt) {
        let count = epoll_wait(self.epoll, &self.events, CInt(self.events.count), milliseconds)
        guard count > 0 else { return }
        for index in 0..<Int(count) {
            let event = self.events[index]
            let tag = UInt(event.data.u64)
            if tag == Self.wakeTag {
                var counter: UInt64 = 0
                _ = Glibc.read(self.wake, &counter, 8)
                continue
            }
            let slot = self.slots[Int(tag & 0xFFFF_FFFF)]
            guard slot.generation == UInt32(tag >> 32), let socket = slot.socket else { continue }
            socket.ready(event.events)
        }
    }

    private func tag(_ index: Int) -> UInt {
        UInt(index) | UInt(self.slots[index].generation) << 32
    }
}

/// A socket that a poller watches.
protocol PolledSocket: AnyObject {
    /// Called when it is ready for one of the events it was added for, or has failed.
    func ready(_ events: UInt32)
}
#endif
