// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import CTandemZlib

/// One call of zlib, told as a step of any codec.
extension z_stream {
    /// Gives zlib memory for one step, as much as its 32-bit counts can say, and returns how much that is.
    mutating func offer(_ memory: CodecMemory) -> (input: Int, output: Int) {
        // zlib only reads the input; its header does not say so.
        self.next_in = UnsafeMutablePointer(mutating: memory.input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        self.avail_in = UInt32(clamping: memory.input.count)
        self.next_out = memory.output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        self.avail_out = UInt32(clamping: memory.output.count)
        return (Int(self.avail_in), Int(self.avail_out))
    }

    /// What the call that returned `code` did with what it was offered of `count` bytes of input.
    func step(_ code: CInt, offered: (input: Int, output: Int), of count: Int) -> CodecStep {
        let consumed = offered.input - Int(self.avail_in)
        let outcome: CodecOutcome
        switch code {
        case Z_STREAM_END: outcome = .ended
        // Z_BUF_ERROR says that there was nothing to do.
        case Z_OK, Z_BUF_ERROR: outcome = self.avail_out == 0 || consumed < count ? .full : .drained
        default: outcome = .failed
        }
        return CodecStep(consumed: consumed, produced: offered.output - Int(self.avail_out), outcome: outcome)
    }
}
