// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Gives NIO the loop's read buffer for each read.
///
/// NIO keeps the first buffer that it is given for as long as the connection lives; so the first is a small one, and
/// `record` says each time that the next may be larger, which makes NIO ask here again instead of using that one.
struct ReadBufferSource: RecvByteBufferAllocator {
    private let loop: NIOLoopBound<LoopState>
    private var isFirst = true

    private static let firstSize = 256

    init(_ loop: LoopState) {
        self.loop = NIOLoopBound(loop, eventLoop: loop.eventLoop)
    }

    func buffer(allocator: ByteBufferAllocator) -> ByteBuffer {
        self.isFirst ? allocator.buffer(capacity: Self.firstSize) : self.loop.value.takeReadBuffer()
    }

    mutating func record(actualReadBytes: Int) -> Bool {
        self.isFirst = false
        return true
    }
}
