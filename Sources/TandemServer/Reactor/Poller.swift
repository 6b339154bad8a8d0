// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc
import TandemSockets

/// The sockets of one reactor, and which of them are ready: its own, and those that it watches for others.
///
/// Never leaves the reactor's thread.
final class Poller {
    private let others: SocketLoop
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

    init(beside others: SocketLoop) {
        self.others = others
    }

    private var epoll: CInt { self.others.epoll }

    /// Calls `socket` when its descriptor is ready for one of `events`.
    func add(_ socket: any PolledSocket, descriptor: CInt, events: UInt32) -> Bool {
        let index = Int(descriptor)
        if index >= self.slots.count {
            self.slots += [Slot](repeating: Slot(), count: max(index + 1 - self.slots.count, self.slots.count, 64))
        }
        self.slots[index].socket = socket
        // One bit short, which marks the tags of the others.
        self.slots[index].generation = (self.slots[index].generation &+ 1) & 0x7FFF_FFFF
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

    /// Waits until something is ready.
    ///
    /// - Parameter milliseconds: How long to wait; -1 for ever.
    /// - Returns: How many are ready, for `call`.
    func wait(milliseconds: CInt) -> Int {
        Int(max(epoll_wait(self.epoll, &self.events, CInt(self.events.count), milliseconds), 0))
    }

    /// Calls those that are ready.
    func call(_ ready: Int) {
        for index in 0..<ready {
            let event = self.events[index]
            let tag = event.data.u64
            if tag & SocketLoop.tagBit != 0 {
                self.others.ready(tag)
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
