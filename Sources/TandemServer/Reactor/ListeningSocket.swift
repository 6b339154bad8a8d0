// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc
import NIOCore

/// A socket that connections are accepted at, on its reactor.
final class ListeningSocket: PolledSocket {
    private var descriptor: CInt
    private let poller: Poller
    private let accept: (CInt, SocketAddress?) -> Void
    private let eventLoop: any EventLoop

    /// The connections accepted before others have their turn.
    private static let acceptsInTurn = 64
    private static let restAfterFailure = TimeAmount.milliseconds(100)

    /// Listens at an address; `accept` takes over each accepted descriptor.
    init(
        _ address: SocketAddress,
        backlog: Int,
        reusesPort: Bool,
        poller: Poller,
        eventLoop: any EventLoop,
        accept: @escaping (CInt, SocketAddress?) -> Void
    ) throws {
        self.poller = poller
        self.eventLoop = eventLoop
        self.accept = accept
        self.descriptor = tandem_socket(CInt(address.protocol.rawValue))
        guard self.descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        var on: CInt = 1
        let size = socklen_t(MemoryLayout<CInt>.size)
        setsockopt(self.descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
        if reusesPort { setsockopt(self.descriptor, SOL_SOCKET, SO_REUSEPORT, &on, size) }
        let bound = address.withSockAddr { Glibc.bind(self.descriptor, $0, socklen_t($1)) }
        guard bound == 0, listen(self.descriptor, CInt(clamping: backlog)) == 0 else {
            let error = IOError(errnoCode: errno, reason: "bind")
            Glibc.close(self.descriptor)
            throw error
        }
        _ = poller.add(self, descriptor: self.descriptor, events: UInt32(TANDEM_READABLE))
    }

    /// Where it listens, with the port that the kernel chose.
    var localAddress: SocketAddress? { SocketAddress(of: self.descriptor, getsockname) }

    func ready(_ events: UInt32) {
        for _ in 0..<Self.acceptsInTurn where self.descriptor >= 0 {
            let accepted = tandem_accept(self.descriptor, nil, nil)
            guard accepted >= 0 else {
                if errno == EINTR || errno == ECONNABORTED { continue }
                if errno != EAGAIN { self.rest() }
                return
            }
            self.accept(accepted, SocketAddress(of: accepted, getpeername))
        }
    }

    /// Out of descriptors, it would be ready for ever without getting on; it looks again in a moment.
    private func rest() {
        self.poller.change(descriptor: self.descriptor, events: 0)
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.eventLoop.scheduleTask(in: Self.restAfterFailure) {
            let socket = bound.value
            guard socket.descriptor >= 0 else { return }
            socket.poller.change(descriptor: socket.descriptor, events: UInt32(TANDEM_READABLE))
        }
    }

    /// Accepts what the kernel has ready, and closes.
    func close() {
        guard self.descriptor >= 0 else { return }
        self.ready(0)
        self.poller.remove(descriptor: self.descriptor)
        Glibc.close(self.descriptor)
        self.descriptor = -1
    }
}

extension SocketAddress {
    /// The address of one end of a socket; `nil` for a Unix socket's client.
    init?(of descriptor: CInt, _ ask: (CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(descriptor, $0, &length) }
        }
        guard result == 0 else { return nil }
        switch CInt(storage.ss_family) {
        case AF_INET:
            self.init(withUnsafeBytes(of: &storage) { $0.loadUnaligned(as: sockaddr_in.self) })
        case AF_INET6:
            self.init(withUnsafeBytes(of: &storage) { $0.loadUnaligned(as: sockaddr_in6.self) })
        default:
            return nil
        }
    }
}
#endif
