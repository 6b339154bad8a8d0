// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc

/// Waits until one of many sockets can be read or written: epoll.
struct SocketPoller: Sendable {
    let epoll: Int32
    private let bell: Int32

    init?() {
        self.epoll = tandem_epoll_create()
        self.bell = tandem_eventfd()
        guard self.epoll >= 0, self.bell >= 0 else {
            self.close()
            return nil
        }
        _ = tandem_epoll_control(
            self.epoll,
            Int32(TANDEM_ADD),
            self.bell,
            UInt32(TANDEM_READABLE),
            UInt(SocketLoop.tagBit)
        )
    }

    func add(_ socket: Int32, tag: UInt64, writing: Bool) {
        _ = tandem_epoll_control(self.epoll, Int32(TANDEM_ADD), socket, self.events(writing), UInt(tag))
    }

    func change(_ socket: Int32, tag: UInt64, writing: Bool) {
        _ = tandem_epoll_control(self.epoll, Int32(TANDEM_CHANGE), socket, self.events(writing), UInt(tag))
    }

    private func events(_ writing: Bool) -> UInt32 {
        UInt32(TANDEM_READABLE) | (writing ? UInt32(TANDEM_WRITABLE) : 0)
    }

    func remove(_ socket: Int32) { _ = tandem_epoll_control(self.epoll, Int32(TANDEM_REMOVE), socket, 0, 0) }

    /// Has `wait` return.
    func ring() {
        var one: UInt64 = 1
        _ = write(self.bell, &one, 8)
    }

    /// The bell has been heard.
    func silence() {
        var rings: UInt64 = 0
        _ = read(self.bell, &rings, 8)
    }

    /// The tags of sockets that something has become of.
    func wait(milliseconds: Int32) -> [UInt64] {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        let count = epoll_wait(self.epoll, &events, 64, milliseconds)
        return events.prefix(Int(max(0, count))).map(\.data.u64)
    }

    func close() {
        for descriptor in [self.epoll, self.bell] where descriptor >= 0 { _ = Glibc.close(descriptor) }
    }
}
#else
import Darwin
import Synchronization

/// Waits until one of many sockets can be read or written: poll.
final class SocketPoller: Sendable {
    private let sockets = Mutex<[Int32: (tag: UInt64, writing: Bool)]>([:])
    private let bell: (read: Int32, write: Int32)

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        self.bell = (ends[0], ends[1])
    }

    func add(_ socket: Int32, tag: UInt64, writing: Bool) { self.change(socket, tag: tag, writing: writing) }

    func change(_ socket: Int32, tag: UInt64, writing: Bool) {
        self.sockets.withLock { $0[socket] = (tag, writing) }
        self.ring()
    }

    func remove(_ socket: Int32) { self.sockets.withLock { _ = $0.removeValue(forKey: socket) } }

    /// Has `wait` return.
    func ring() {
        var one: UInt8 = 1
        _ = write(self.bell.write, &one, 1)
    }

    /// The bell has been heard.
    func silence() {
        var rings = [UInt8](repeating: 0, count: 64)
        _ = read(self.bell.read, &rings, 64)
    }

    /// The tags of sockets that something has become of.
    func wait(milliseconds: Int32) -> [UInt64] {
        let sockets = self.sockets.withLock { $0 }
        var polled = [pollfd(fd: self.bell.read, events: Int16(POLLIN), revents: 0)]
        for (socket, wish) in sockets {
            polled.append(pollfd(fd: socket, events: Int16(wish.writing ? POLLIN | POLLOUT : POLLIN), revents: 0))
        }
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return [] }
        return polled.compactMap { socket in
            if socket.revents == 0 { return nil }
            return socket.fd == self.bell.read ? SocketLoop.tagBit : sockets[socket.fd]?.tag
        }
    }

    func close() {
        _ = Darwin.close(self.bell.read)
        _ = Darwin.close(self.bell.write)
    }
}
#endif
