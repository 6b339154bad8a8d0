// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// A message of which not all has come.
struct PartialMessage {
    private let isText: Bool
    /// Whether what comes has to be unpacked.
    let isCompressed: Bool
    /// What has come, unpacked.
    var bytes = Bytes()
    /// How many of the bytes are whole characters; of text alone.
    private var checked = 0

    init(isText: Bool, isCompressed: Bool) {
        self.isText = isText
        self.isCompressed = isCompressed
    }

    /// The bytes so far.
    var count: Int { self.bytes.count }

    /// The message, now that it is whole.
    func finished() throws(WebSocketError) -> WebSocketMessage {
        guard self.isText else { return .binary(self.bytes) }
        guard self.checked == self.count else { throw .notUTF8 }
        return .text(String(buffer: self.bytes.buffer))
    }

    /// Refuses text that cannot become UTF-8.
    mutating func check() throws(WebSocketError) {
        guard self.isText else { return }
        let count = self.count
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: self.bytes.buffer.readableBytesUInt8Span.extracting(self.checked..<count))
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

    static func messageTooBig(limit: Int) -> WebSocketError {
        WebSocketError(.messageTooBig, "A message is longer than \(limit) bytes.")
    }

    /// A packed message that cannot be unpacked.
    init(_ error: MessageInflaterError, limit: Int) {
        switch error {
        case .malformed: self.init(.invalidPayload, "A message is not what deflate makes.")
        case .tooLong: self = .messageTooBig(limit: limit)
        case .outOfMemory: self.init(.internalError, "There is no memory to unpack a message.")
        }
    }
}
