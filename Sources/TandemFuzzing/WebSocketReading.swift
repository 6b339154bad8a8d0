// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import TandemHTTP

/// What the bytes of a WebSocket come to, however they are split.
package struct WebSocketReading: Equatable, Sendable {
    package private(set) var events: [WebSocketParser.Event] = []
    /// The code that the connection is closed with.
    package private(set) var failure: WebSocketCloseCode?

    /// Small limits, so that inputs of a few hundred bytes reach them.
    package static let settings: WebSocketSettings = {
        var settings = WebSocketSettings()
        settings.maxMessageBytes = 200
        settings.maxFrameBytes = 150
        return settings
    }()

    /// Reads the pieces of a connection's bytes, and checks that no more is kept than a frame's head or a control
    /// frame.
    package init(_ pieces: some Sequence<ByteBuffer>, _ settings: WebSocketSettings = Self.settings) {
        var parser = WebSocketParser(settings)
        var input = ByteBuffer()
        for piece in pieces {
            input.writeImmutableBuffer(piece)
            do throws(WebSocketError) {
                while let event = try parser.next(&input) { self.events.append(event) }
            } catch {
                self.failure = error.code
                return
            }
            precondition(input.readableBytes <= 125 + 14, "more is kept than a control frame has")
        }
    }

    /// Checks that bytes are read alike whole, in pieces of one length, and in two halves.
    package static func checkSplits(of bytes: ByteBuffer, pieces length: Int) {
        let whole = WebSocketReading([bytes])
        let split = WebSocketReading(bytes.pieces(of: length))
        precondition(split == whole, "in pieces of \(length): \(split), and whole: \(whole)")
        let halves = WebSocketReading(bytes.cut(after: bytes.readableBytes / 2))
        precondition(halves == whole, "in two halves: \(halves), and whole: \(whole)")
    }
}
