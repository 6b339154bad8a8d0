// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP
import Testing

@Suite("Frames of a WebSocket's server")
struct WebSocketFrameTests {
    @Test(
        "A message is one frame without a mask, its length told in the fewest bytes",
        arguments: [
            (0, [0x82, 0]), (125, [0x82, 125]), (126, [0x82, 126, 0, 126]), (65_535, [0x82, 126, 255, 255]),
            (65_536, [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] as [(Int, [UInt8])]
    )
    func heads(count: Int, head: [UInt8]) {
        let payload = [UInt8](repeating: 7, count: count)
        let frame = WebSocketFrame(.binary(Bytes(payload)))
        #expect(Array(frame.bytes.readableBytesView) == head + payload)
    }

    @Test("A text goes as its UTF-8")
    func text() {
        let frame = WebSocketFrame(.text("Grüße"))
        #expect(Array(frame.bytes.readableBytesView) == [0x81, 7] + Array("Grüße".utf8))
    }

    @Test("A close frame has the code and what fits of the reason, or nothing where the code may not be sent")
    func close() {
        let frame = WebSocketFrame.close(.goingAway, reason: String(repeating: "é", count: 100))
        let reason = Array(String(repeating: "é", count: 61).utf8)
        #expect(Array(frame.bytes.readableBytesView) == [0x88, 124, 0x03, 0xE9] + reason)
        for code in [WebSocketCloseCode.noStatus, .abnormal, .init(rawValue: 999)] {
            #expect(Array(WebSocketFrame.close(code, reason: "x").bytes.readableBytesView) == [0x88, 0])
        }
    }
}
