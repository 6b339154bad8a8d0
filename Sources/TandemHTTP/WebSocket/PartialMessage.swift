// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A message of which not all has come.
struct PartialMessage {
    private let isText: Bool
    private var bytes = ByteBuffer()
    /// How many of the bytes are whole characters; of text alone.
    private var checked = 0

    init(isText: Bool) {
        self.isText = isText
    }

    /// The bytes so far.
    var count: Int { self.bytes.readableBytes }

    /// Adds bytes; text that cannot become UTF-8 is refused at once.
    mutating func append(_ part: ByteBuffer) throws(WebSocketError) {
        self.bytes.writeImmutableBuffer(part)
        if self.isText { try self.check() }
    }

    /// The message, now that it is whole.
    func finished() throws(WebSocketError) -> WebSocketMessage {
        guard self.isText else { return .binary(Bytes(self.bytes)) }
        guard self.checked == self.count else { throw .notUTF8 }
        return .text(String(buffer: self.bytes))
    }

    private mutating func check() throws(WebSocketError) {
        let count = self.count
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: self.bytes.readableBytesUInt8Span.extracting(self.checked..<count))
            self.checked = count
        } catch {
            // A character of which the rest is still to come is no error yet.
            guard error.kind == .truncatedScalar, self.checked + error.byteOffsets.upperBound == count else {
                throw .notUTF8
            }
            self.checked += error.byteOffsets.lowerBound
        }
    }
}

extension String {
    /// Text that must be UTF-8.
    init(checked bytes: Span<UInt8>) throws(WebSocketError) {
        do throws(UTF8.ValidationError) {
            self.init(copying: try UTF8Span(validating: bytes))
        } catch {
            throw .notUTF8
        }
    }
}

extension WebSocketError {
    static let notUTF8 = WebSocketError(.invalidPayload, "A text is not UTF-8.")
}
