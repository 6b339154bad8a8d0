// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TandemServer

/// A client that sends any bytes and reads what comes back, on a blocking socket; for use within `blocking`.
final class RawClient {
    private var descriptor: CInt
    /// What has arrived and is not yet read as a response.
    private(set) var received: [UInt8] = []
    /// Whether the server has said that nothing more comes.
    private(set) var isAtEnd = false
    /// Whether the connection ended with a reset.
    private(set) var wasReset = false

    /// A connection to a server in this process.
    convenience init(_ address: BoundAddress, receiveBuffer: Int? = nil) throws {
        try self.init(host: address.host, port: address.port, receiveBuffer: receiveBuffer)
    }

    /// A connection to an address, or to a Unix socket where there is no port; each call gives up after ten seconds.
    init(host: String, port: Int?, receiveBuffer: Int? = nil) throws {
        self.descriptor = socket(port == nil ? AF_UNIX : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard self.descriptor >= 0 else { throw RawClientError("socket", errno) }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(self.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(self.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var on: CInt = 1
        setsockopt(self.descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
        if var receiveBuffer = receiveBuffer.map(CInt.init) {
            setsockopt(self.descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<CInt>.size))
        }
        guard Self.connect(self.descriptor, host, port) == 0 else { throw RawClientError("connect", errno) }
    }

    deinit { self.close() }

    private static func connect(_ descriptor: CInt, _ host: String, _ port: Int?) -> CInt {
        func connect<Address>(_ address: inout Address) -> CInt {
            withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
                }
            }
        }
        if let port {
            var internet = sockaddr_in()
            internet.sin_family = sa_family_t(AF_INET)
            internet.sin_port = in_port_t(port).bigEndian
            internet.sin_addr.s_addr = inet_addr(host)
            return connect(&internet)
        }
        var local = sockaddr_un()
        local.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &local.sun_path) { $0.copyBytes(from: host.utf8) }
        return connect(&local)
    }

    /// Sends bytes; those that a server which has closed does not take are lost.
    @discardableResult
    func send(_ bytes: some Sequence<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var offset = 0
        while offset < bytes.count {
            let sent = bytes.withUnsafeBytes {
                Glibc.send(self.descriptor, $0.baseAddress! + offset, bytes.count - offset, CInt(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            offset += sent
        }
        return true
    }

    /// Sends text as UTF-8.
    @discardableResult
    func send(_ text: String) -> Bool { self.send(text.utf8) }

    /// Sends bytes one by one.
    func trickle(_ bytes: [UInt8]) {
        for byte in bytes where !self.send(CollectionOfOne(byte)) { return }
    }

    /// Sends a chunk again and again, as much as the server takes within `milliseconds` of waiting; returns how many
    /// bytes that was.
    func sendUntilStuck(_ chunk: [UInt8], upTo limit: Int, patience milliseconds: CInt) -> Int {
        var total = 0
        while total < limit {
            var poll = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
            guard Glibc.poll(&poll, 1, milliseconds) > 0 else { return total }
            let rest = chunk[(total % chunk.count)...]
            let sent = rest.withUnsafeBytes {
                Glibc.send(self.descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
            guard sent > 0 else { return total }
            total += sent
        }
        return total
    }

    /// Whether there is something to read, or the end, within so many milliseconds.
    func isReadable(within milliseconds: CInt) -> Bool {
        if !self.received.isEmpty || self.isAtEnd { return true }
        var poll = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return Glibc.poll(&poll, 1, milliseconds) > 0
    }

    /// Says that nothing more is sent.
    func finish() {
        shutdown(self.descriptor, CInt(SHUT_WR))
    }

    /// Closes; with a reset where `resets`, as when a process dies with unread data.
    func close(resets: Bool = false) {
        guard self.descriptor >= 0 else { return }
        if resets {
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(self.descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        }
        Glibc.close(self.descriptor)
        self.descriptor = -1
    }

    /// Reads what there is, waiting for it; false at the end.
    @discardableResult
    func readMore() throws -> Bool {
        guard !self.isAtEnd else { return false }
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(self.descriptor, &buffer, buffer.count, 0)
        if count > 0 {
            self.received += buffer[..<count]
            return true
        }
        if count < 0, errno != ECONNRESET { throw RawClientError("recv", errno) }
        self.wasReset = count < 0
        self.isAtEnd = true
        return false
    }

    /// Reads to the end of the connection, and gives all that was left.
    func readToEnd() throws -> [UInt8] {
        while try self.readMore() {}
        return self.take(self.received.count)
    }

    /// Reads a response whose body is too long to keep, and counts that.
    func countBody(of length: Int) throws -> Int {
        while self.received.firstRange(of: "\r\n\r\n".utf8) == nil, try self.readMore() {}
        guard let end = self.received.firstRange(of: "\r\n\r\n".utf8)?.upperBound else { return 0 }
        var count = self.received.count - end
        self.received = []
        while count < length, try self.readMore() {
            count += self.received.count
            self.received = []
        }
        return count
    }

    func take(_ count: Int) -> [UInt8] {
        let taken = Array(self.received.prefix(count))
        self.received.removeFirst(taken.count)
        return taken
    }
}

/// A call that failed or waited too long.
struct RawClientError: Error, CustomStringConvertible {
    let description: String

    init(_ call: String, _ code: CInt) {
        self.description = code == EAGAIN ? "\(call) waited too long" : "\(call): \(String(cString: strerror(code)))"
    }
}
