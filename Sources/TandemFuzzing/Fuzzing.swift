// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import TandemHTTP

/// What a fuzzer calls with the inputs that it makes up.
///
/// Each entry stops the process where an input is read in two ways, or costs more memory than the limits allow.
public enum Fuzzing {
    /// Reads an input as the bytes of a connection, whole and in pieces.
    ///
    /// The input's first byte says how long the pieces are; the rest is the connection's.
    public static func requests(_ input: UnsafeRawBufferPointer) {
        guard let first = input.first else { return }
        self.checkSplits(of: ByteBuffer(bytes: input.dropFirst()), pieces: Int(first % 32) + 1)
    }

    /// Reads an input as a chunked body, whole and in pieces.
    public static func chunks(_ input: UnsafeRawBufferPointer) {
        guard let first = input.first else { return }
        var bytes = ByteBuffer(string: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
        bytes.writeBytes(input.dropFirst())
        self.checkSplits(of: bytes, pieces: Int(first % 32) + 1)
    }

    /// Small limits, so that inputs of a few hundred bytes reach them.
    package static let limits: Limits = {
        var limits = Limits()
        limits.requestLine = 64
        limits.headerBytes = 160
        limits.headerCount = 8
        limits.body = 512
        return limits
    }()

    /// Checks that bytes are read alike whole, in pieces of one length, and in two halves.
    package static func checkSplits(of bytes: ByteBuffer, pieces length: Int) {
        // A line that has no end may be refused at once or later; with one it is read alike.
        var bytes = bytes
        bytes.writeInteger(UInt8(ascii: "\n"))
        let whole = RequestReading([bytes], limits: self.limits)
        let split = RequestReading(bytes.pieces(of: length), limits: self.limits)
        precondition(split == whole, "in pieces of \(length): \(split), and whole: \(whole)")
        let halves = RequestReading(bytes.cut(after: bytes.readableBytes / 2), limits: self.limits)
        precondition(halves == whole, "in two halves: \(halves), and whole: \(whole)")
    }
}
