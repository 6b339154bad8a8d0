// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import TandemHTTP

/// What a fuzzer calls with the inputs that it makes up.
public enum Fuzzing {
    /// What an input is read as; its first byte says how long the pieces are that the rest comes in.
    public enum Subject: Sendable {
        /// The bytes of a connection.
        case head
        /// A chunked body.
        case chunks
        /// A multipart body with the boundary `x`.
        case multipart
        /// The frames of a WebSocket.
        case frames
    }

    /// Reads an input whole and in pieces, and stops the process where that makes a difference or costs more memory
    /// than the limits allow.
    public static func read(_ input: UnsafeRawBufferPointer, as subject: Subject) {
        guard let first = input.first else { return }
        switch subject {
        case .head:
            self.checkSplits(of: ByteBuffer(bytes: input.dropFirst()), pieces: Int(first % 32) + 1)
        case .chunks:
            var bytes = ByteBuffer(string: "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            bytes.writeBytes(input.dropFirst())
            self.checkSplits(of: bytes, pieces: Int(first % 32) + 1)
        case .multipart:
            MultipartParser.fuzz(input)
        case .frames:
            WebSocketReading.checkSplits(of: ByteBuffer(bytes: input.dropFirst()), pieces: Int(first % 32) + 1)
        }
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
