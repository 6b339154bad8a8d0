// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Synchronization

/// A connection to a server of this process, byte for byte, on a blocking socket: for use within `onThread`.
final class WireClient: Sendable {
    private let descriptor: CInt
    private let received = Mutex<[UInt8]>([])

    /// Connects; each call gives up after ten seconds.
    init(port: Int) throws {
        self.descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(self.descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(self.descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(self.descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw WireError("connect", errno) }
    }

    deinit { Glibc.close(self.descriptor) }

    /// Closes the connection at once.
    func close() { shutdown(self.descriptor, CInt(SHUT_RDWR)) }

    /// Sends bytes; those that a server which has closed does not take are lost.
    func send(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        var offset = 0
        while offset < bytes.count {
            let sent = bytes[offset...].withUnsafeBytes {
                Glibc.send(self.descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            offset += sent
        }
    }

    /// Takes so many bytes, or fewer where the server closes.
    func take(_ count: Int) throws -> [UInt8] {
        try self.received.withLock { received in
            while received.count < count, try self.readMore(into: &received) {}
            defer { received.removeFirst(min(count, received.count)) }
            return Array(received.prefix(count))
        }
    }

    /// Takes what precedes some bytes, and those; all where the server closes first.
    func take(to end: [UInt8]) throws -> [UInt8] {
        let count = try self.received.withLock { received in
            while true {
                if let range = received.firstRange(of: end) { return range.upperBound }
                guard try self.readMore(into: &received) else { return received.count }
            }
        }
        return try self.take(count)
    }

    private func readMore(into received: inout [UInt8]) throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(self.descriptor, &buffer, buffer.count, 0)
        if count < 0, errno != ECONNRESET { throw WireError("recv", errno) }
        received += buffer[..<max(count, 0)]
        return count > 0
    }
}

/// A call that failed or waited too long.
struct WireError: Error, CustomStringConvertible {
    let description: String

    init(_ call: String, _ code: CInt) {
        self.description = code == EAGAIN ? "\(call) waited too long" : "\(call): \(String(cString: strerror(code)))"
    }
}

/// Runs code that blocks on a thread of its own.
func onThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Swift.Result { try body() }) }
    }
}
