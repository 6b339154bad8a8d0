// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc
import NIOCore
import TandemHTTP

/// A connected socket on its reactor.
///
/// What is sent goes to the socket at once; only what it does not take waits here.
final class SocketTransport: PolledSocket, Transport {
    private var descriptor: CInt
    private let poller: Poller
    private let loop: LoopState
    /// Where a connection goes that turns out to be HTTP/2.
    private let channels: ChannelGroup
    private var connection: (any CarriedConnection)?
    private let pending = PendingWrites()
    private var interest = UInt32(TANDEM_READABLE)
    private var isReading = true
    /// The last read filled its buffer, so there is much to read.
    private var isBulk = false

    private static let bulkSize = 128 * 1024
    /// The reads of one socket before the others have their turn.
    private static let readsInTurn = 8

    init(descriptor: CInt, poller: Poller, loop: LoopState, channels: ChannelGroup) {
        self.descriptor = descriptor
        self.poller = poller
        self.loop = loop
        self.channels = channels
    }

    /// Serves HTTP/1 on the socket.
    func start(_ connection: HTTP1Connection) {
        self.connection = connection
        guard self.poller.add(self, descriptor: self.descriptor, events: self.interest) else { return self.close() }
        connection.opened()
    }

    func ready(_ events: UInt32) {
        if events & UInt32(TANDEM_WRITABLE) != 0 { self.flushPending() }
        if self.isReading, events & UInt32(TANDEM_READABLE | TANDEM_HANGUP) != 0 {
            self.readable()
        } else if events & UInt32(TANDEM_HANGUP) != 0 {
            self.close()
        }
    }

    private func updateInterest() {
        guard self.descriptor >= 0 else { return }
        let interest =
            (self.isReading ? UInt32(TANDEM_READABLE) : 0)
            | (self.pending.isEmpty ? 0 : UInt32(TANDEM_WRITABLE))
        guard interest != self.interest else { return }
        self.interest = interest
        self.poller.change(descriptor: self.descriptor, events: interest)
    }
}

// MARK: - Reading

extension SocketTransport {
    private func readable() {
        for _ in 0..<Self.readsInTurn where self.isReading && self.descriptor >= 0 {
            var buffer =
                self.isBulk ? ByteBufferAllocator().buffer(capacity: Self.bulkSize) : self.loop.takeReadBuffer()
            let space = buffer.writableBytes
            var result = 0
            buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 0) { memory in
                result = recv(self.descriptor, memory.baseAddress, memory.count, 0)
                return max(result, 0)
            }
            guard result > 0 else {
                let code = errno
                self.loop.giveBackReadBuffer(buffer)
                return self.readEnded(result, code)
            }
            self.isBulk = result == space
            self.connection?.received(buffer)
            if !self.isBulk { return }
        }
    }

    private func readEnded(_ result: Int, _ code: CInt) {
        if result == 0 {
            self.setReading(false)
            self.connection?.inputEnded()
        } else if code != EAGAIN, code != EINTR {
            self.close()
        }
    }

    func setReading(_ isReading: Bool) {
        self.isReading = isReading
        self.updateInterest()
    }
}

// MARK: - Writing

extension SocketTransport {
    var pendingBytes: Int { self.pending.bytes }

    var sendsFiles: Bool { true }

    func write(_ bytes: ByteBuffer) {
        self.pending.append(.bytes(bytes))
    }

    func write(_ file: TandemHTTP.FileRegion) {
        self.pending.append(.file(file))
    }

    func flush(_ bytes: inout ByteBuffer) {
        guard self.descriptor >= 0 else { return bytes.clear() }
        guard self.pending.isEmpty else {
            self.pending.append(.bytes(bytes))
            bytes = ByteBuffer()
            return self.flushPending()
        }
        guard bytes.readableBytes > 0 else { return }
        let result = bytes.readWithUnsafeReadableBytes { memory in
            let result = send(self.descriptor, memory.baseAddress, memory.count, CInt(MSG_NOSIGNAL))
            return (max(result, 0), result)
        }
        if result < 0, errno != EAGAIN, errno != EINTR { return self.close() }
        if bytes.readableBytes > 0 {
            self.pending.append(.bytes(bytes))
            bytes = ByteBuffer()
            self.updateInterest()
        }
    }

    /// Sends what waits, as far as the socket takes it.
    private func flushPending() {
        let wasFull = self.pending.bytes >= WaterMark.low
        loop: while self.descriptor >= 0 {
            switch self.pending.send(to: self.descriptor) {
            case .all: break loop
            case .some: continue
            case .full: break loop
            case .failed: return self.close()
            }
        }
        self.updateInterest()
        if self.pending.isEmpty { self.connection?.allWritten() }
        if wasFull, self.pending.bytes < WaterMark.low { self.connection?.becameWritable() }
    }
}

// MARK: - Ending

extension SocketTransport {
    func closeOutput() {
        shutdown(self.descriptor, CInt(SHUT_WR))
    }

    func close() {
        guard self.descriptor >= 0 else { return }
        let descriptor = self.descriptor
        self.release()
        Glibc.close(descriptor)
    }

    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(self.descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        self.close()
    }

    /// Lets go of the socket and of the connection on it.
    private func release() {
        self.poller.remove(descriptor: self.descriptor)
        self.descriptor = -1
        self.pending.removeAll()
        let connection = self.connection
        self.connection = nil
        connection?.closed()
        self.loop.context.connectionClosed()
    }

    func switchToHTTP2(_ received: ByteBuffer, info: ConnectionInfo) {
        let descriptor = self.descriptor
        // Counted in there before it is counted out here, so that a server shutting down does not miss it.
        self.channels.adopt(descriptor, received: received, info: info)
        self.release()
    }

    func handOver(to connection: any CarriedConnection) {
        self.connection = connection
    }
}
#endif
