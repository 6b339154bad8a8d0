// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
#if os(Linux)
import CTandemEpoll
import Glibc
#else
import Darwin
#endif

#if os(Linux)
/// Waits until one of many sockets can be read or written: epoll.
struct SocketPoller: Sendable {
    private let epoll = tandem_epoll_create()
    private let bell = tandem_eventfd()

    init() {
        _ = tandem_epoll_control(self.epoll, Int32(TANDEM_ADD), self.bell, UInt32(TANDEM_READABLE), 0)
    }

    func add(_ socket: Int32, tag: UInt64) {
        _ = tandem_epoll_control(self.epoll, Int32(TANDEM_ADD), socket, UInt32(TANDEM_READABLE), UInt(tag))
    }

    func change(_ socket: Int32, tag: UInt64, writing: Bool) {
        let events = UInt32(TANDEM_READABLE) | (writing ? UInt32(TANDEM_WRITABLE) : 0)
        _ = tandem_epoll_control(self.epoll, Int32(TANDEM_CHANGE), socket, events, UInt(tag))
    }

    /// Does not tell of what can be read, until the next change.
    func pause(_ socket: Int32, tag: UInt64) {
        _ = tandem_epoll_control(self.epoll, Int32(TANDEM_CHANGE), socket, 0, UInt(tag))
    }

    func remove(_ socket: Int32) { _ = tandem_epoll_control(self.epoll, Int32(TANDEM_REMOVE), socket, 0, 0) }

    /// Has `wait` return.
    func ring() {
        var one: UInt64 = 1
        _ = write(self.bell, &one, 8)
    }

    /// The tags of sockets that something has become of.
    func wait(milliseconds: Int32) -> [UInt64] {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        let count = epoll_wait(self.epoll, &events, 64, milliseconds)
        return events.prefix(Int(max(0, count))).compactMap { event in
            if event.data.u64 == 0 {
                var rings: UInt64 = 0
                _ = read(self.bell, &rings, 8)
                return nil
            }
            return event.data.u64
        }
    }

    func close() {
        _ = Glibc.close(self.epoll)
        _ = Glibc.close(self.bell)
    }
}
#else
import Synchronization

/// Waits until one of many sockets can be read or written: poll.
final class SocketPoller: Sendable {
    private let sockets = Mutex<[Int32: (tag: UInt64, writing: Bool)]>([:])
    private let bell: (read: Int32, write: Int32)

    init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        self.bell = (ends[0], ends[1])
    }

    func add(_ socket: Int32, tag: UInt64) { self.change(socket, tag: tag, writing: false) }

    func change(_ socket: Int32, tag: UInt64, writing: Bool) {
        self.sockets.withLock { $0[socket] = (tag, writing) }
        self.ring()
    }

    func pause(_ socket: Int32, tag: UInt64) {}

    func remove(_ socket: Int32) { self.sockets.withLock { _ = $0.removeValue(forKey: socket) } }

    /// Has `wait` return.
    func ring() {
        var one: UInt8 = 1
        _ = write(self.bell.write, &one, 1)
    }

    /// The tags of sockets that something has become of.
    func wait(milliseconds: Int32) -> [UInt64] {
        let sockets = self.sockets.withLock { $0 }
        var polled = [pollfd(fd: self.bell.read, events: Int16(POLLIN), revents: 0)]
        for (socket, wish) in sockets {
            polled.append(pollfd(fd: socket, events: Int16(wish.writing ? POLLIN | POLLOUT : POLLIN), revents: 0))
        }
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return [] }
        if polled[0].revents != 0 {
            var rings = [UInt8](repeating: 0, count: 64)
            _ = read(self.bell.read, &rings, 64)
        }
        return polled.dropFirst().compactMap { socket in
            socket.revents == 0 ? nil : sockets[socket.fd]?.tag
        }
    }

    func close() {
        _ = Darwin.close(self.bell.read)
        _ = Darwin.close(self.bell.write)
    }
}
#endif
#endif
