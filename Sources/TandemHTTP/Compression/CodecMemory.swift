// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs
import NIOCore

/// What one step of a codec reads and where it writes; valid during the step only.
struct CodecMemory {
    let input: UnsafeRawBufferPointer
    let output: UnsafeMutableRawBufferPointer
}

extension ByteBuffer {
    /// One step of a codec from `input` to the end of this buffer, which gets at most `room` bytes more.
    mutating func write(from input: inout ByteBuffer, room: Int, _ step: (CodecMemory) -> CodecStep) -> CodecOutcome {
        var outcome = CodecOutcome.failed
        _ = input.readWithUnsafeReadableBytes { input in
            var consumed = 0
            self.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { output in
                let step = step(CodecMemory(input: input, output: .init(rebasing: output.prefix(room))))
                consumed = step.consumed
                outcome = step.outcome
                return step.produced
            }
            return consumed
        }
        return outcome
    }
}
