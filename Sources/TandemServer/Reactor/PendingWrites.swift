// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import CTandemEpoll
import Glibc
import NIOCore
import TandemHTTP

/// What a socket has not taken yet, in order.
///
/// Never leaves its loop.
final class PendingWrites {
    enum Item {
        case bytes(ByteBuffer)
        case file(TandemHTTP.FileRegion)
    }

    /// What one system call achieved.
    enum Outcome {
        /// Nothing is left.
        case all
        /// There is more to send.
        case some
        /// The socket takes no more for now.
        case full
        /// The connection is gone, or a file is shorter than was announced.
        case failed
    }

    private var items: [Item] = []
    private(set) var bytes = 0

    var isEmpty: Bool { self.bytes == 0 }

    /// The buffers that one call sends at most.
    private static let gathered = 8

    func append(_ item: Item) {
        let count =
            switch item {
            case .bytes(let buffer): buffer.readableBytes
            case .file(let region): region.length
            }
        guard count > 0 else { return }
        self.items.append(item)
        self.bytes += count
    }

    func removeAll() {
        self.items = []
        self.bytes = 0
    }

    /// Sends what one system call can.
    func send(to descriptor: CInt) -> Outcome {
        guard let first = self.items.first else { return .all }
        let result: Int
        switch first {
        case .bytes: result = self.sendBuffers(to: descriptor, from: 0, vectors: [])
        case .file(let region):
            var offset = off_t(region.offset)
            result = sendfile(descriptor, region.file.descriptor, &offset, region.length)
            if result == 0 { return .failed }
        }
        guard result >= 0 else { return errno == EAGAIN ? .full : errno == EINTR ? .some : .failed }
        self.drop(result)
        return self.items.isEmpty ? .all : .some
    }

    /// Gathers the buffers at the front, each pinned by a frame of its own while the call runs.
    private func sendBuffers(to descriptor: CInt, from index: Int, vectors: [iovec]) -> Int {
        if index < min(self.items.count, Self.gathered), case .bytes(let buffer) = self.items[index] {
            return buffer.withUnsafeReadableBytes { memory in
                let vector = iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: memory.baseAddress),
                    iov_len: memory.count
                )
                return self.sendBuffers(to: descriptor, from: index + 1, vectors: vectors + [vector])
            }
        }
        var vectors = vectors
        return vectors.withUnsafeMutableBufferPointer { vectors in
            var message = msghdr()
            message.msg_iov = vectors.baseAddress
            message.msg_iovlen = vectors.count
            return sendmsg(descriptor, &message, CInt(MSG_NOSIGNAL))
        }
    }

    private func drop(_ count: Int) {
        self.bytes -= count
        var rest = count
        while rest > 0, let first = self.items.first {
            switch first {
            case .bytes(var buffer):
                let taken = min(rest, buffer.readableBytes)
                rest -= taken
                buffer.moveReaderIndex(forwardBy: taken)
                if buffer.readableBytes == 0 { self.items.removeFirst() } else { self.items[0] = .bytes(buffer) }
            case .file(let region):
                let taken = min(rest, region.length)
                rest -= taken
                if taken == region.length {
                    self.items.removeFirst()
                } else {
                    self.items[0] = .file(region.after(taken))
                }
            }
        }
    }
}

extension TandemHTTP.FileRegion {
    /// What is left of it after the first `count` bytes.
    fileprivate func after(_ count: Int) -> TandemHTTP.FileRegion {
        TandemHTTP.FileRegion(file: self.file, offset: self.offset + count, length: self.length - count)
    }
}
#endif
